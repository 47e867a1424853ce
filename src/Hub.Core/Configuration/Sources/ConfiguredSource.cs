namespace JupyterHub.Core.Configuration.Sources;

/// <summary>What one source of the host's configuration says about the hub.</summary>
internal sealed record ConfiguredSource(SettingOrigin Origin, SettingMap Section);
