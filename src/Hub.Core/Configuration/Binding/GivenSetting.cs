using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>A setting as it was given: the key as written, which may be a shorthand, and where.</summary>
internal sealed record GivenSetting(string WrittenAs, SettingOrigin Origin);
