using JupyterHub.AspNetCore.Authentication;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Asks for the options of a server before it is started.</summary>
internal sealed class SpawnModel(ServerViews views, ServerSentences sentences, SpawnerOptions options) : HubPageModel
{
    public SpawnForm Form => HttpContext.Features.Get<SpawnForm>() ?? throw new InvalidOperationException("Only the start of a server shows its form.");

    public SpawnerOptions Spawner => options;

    public Sentence Heading => sentences.Of(
        Hub, Form.Key, Form.Label, "Start your server", "Start your server {0}", "Start the server of {0}", "Start the server {0} of {1}");

    /// <summary>Where the form goes, and with it where the person wanted to go in the end.</summary>
    public string Action => views.PageOf("spawn", Form.Key.UserName, Form.Key.ServerName) + (NextAddress.Safe(Hub) is { } next ? "?next=" + Uri.EscapeDataString(next) : "");

    public IActionResult OnGet() => Page();

    public IActionResult OnPost() => Page();
}
