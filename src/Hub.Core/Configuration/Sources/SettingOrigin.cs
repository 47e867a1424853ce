namespace JupyterHub.Core.Configuration.Sources;

/// <summary>Where a setting was written.</summary>
/// <param name="Description">How a message names the place: a file's path, or "the environment".</param>
/// <param name="Folder">The folder that relative paths written there are relative to; null for the content root.</param>
/// <param name="IsFile">True when <paramref name="Description"/> is the path of a file.</param>
internal sealed record SettingOrigin(string Description, string? Folder = null, bool IsFile = false);
