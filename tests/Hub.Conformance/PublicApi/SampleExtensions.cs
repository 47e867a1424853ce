namespace JupyterHub.Conformance.PublicApi;

/// <summary>Something for <see cref="ApiWriterTests"/> to write.</summary>
public static class SampleExtensions
{
    public static string Twice(this string text) => text + text;
}
