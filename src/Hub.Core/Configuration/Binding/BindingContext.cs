using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>What binding one source needs to know besides the values.</summary>
/// <param name="Origin">The source.</param>
/// <param name="ContentRoot">What relative paths are relative to that stand in no file.</param>
/// <param name="Given">Where each setting came from, over all sources.</param>
/// <param name="ReadsSecrets">False for tools, which need no secret and may not be allowed to read it.</param>
internal sealed record BindingContext(SettingOrigin Origin, string ContentRoot, SettingOrigins Given, bool ReadsSecrets)
{
    /// <summary>The absolute path, or null if the text is none.</summary>
    public string? Resolve(string path) =>
        path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path, Origin.Folder ?? ContentRoot);
}
