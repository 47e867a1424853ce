namespace JupyterHub.Core.Tests.Configuration;

public sealed class FarmImage
{
    public string Name { get; set; } = "";

    public IList<string> Tags { get; set; } = ["latest"];

    public double? Weight { get; set; }
}
