using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Html;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>
/// Writes the operator's own form as it stands in the configuration: the one place where markup is not escaped. Nothing of a request or of a
/// user gets into it.
/// </summary>
internal static class RawOptionsForm
{
    public static IHtmlContent Of(SpawnerOptions options) => new HtmlString(options.OptionsForm);
}
