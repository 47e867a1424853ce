using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration;

/// <summary>What one source says about the spawner or the authenticator.</summary>
/// <param name="Context">The source.</param>
/// <param name="Section">Its section, if it has one.</param>
/// <param name="Shorthand">Settings of the component that stand in the hub's section.</param>
internal sealed record ComponentSection(BindingContext Context, SettingMap? Section, SettingMap Shorthand);
