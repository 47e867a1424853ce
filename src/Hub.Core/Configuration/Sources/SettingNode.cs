namespace JupyterHub.Core.Configuration.Sources;

/// <summary>One value as a source gives it, before anybody knows what type it should have.</summary>
internal abstract record SettingNode
{
    /// <summary>How a message names what was found; scalars add their text only where that cannot be a secret.</summary>
    public abstract string Kind { get; }
}
