namespace JupyterHub.Core.Configuration;

/// <summary>A secret from the configuration: given in clear, or as <c>{"File": "path"}</c> or <c>{"Environment": "NAME"}</c> and read at start. It never prints itself.</summary>
public sealed class HubSecret
{
    private readonly string value;

    /// <summary>Wraps the clear text.</summary>
    public HubSecret(string value) => this.value = value;

    /// <summary>The clear text.</summary>
    public string Reveal() => value;

    /// <summary>Never the clear text.</summary>
    public override string ToString() => "(secret)";
}
