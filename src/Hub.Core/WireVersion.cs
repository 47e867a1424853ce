namespace JupyterHub.Core;

/// <summary>The version of JupyterHub whose wire contract is spoken; clients compare its major part.</summary>
internal static class WireVersion
{
    public const string Current = "6.0.0";
}
