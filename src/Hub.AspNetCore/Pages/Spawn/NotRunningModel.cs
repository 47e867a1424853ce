using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Somebody followed a link into a server that does not run.</summary>
internal sealed class NotRunningModel(ServerViews views, ServerModels models, ServerSentences sentences) : HubPageModel
{
    private ServerKey key;
    private string label = "";

    public bool CanStart => Hub.Known.Allows("servers", Resource.Server(key.UserName, key.ServerName));

    public string SpawnUrl => $"{views.PageOf("spawn", key.UserName, key.ServerName)}?next={Uri.EscapeDataString(ServerGate.AddressOf(Hub))}";

    public Sentence Heading => sentences.Of(
        Hub, key, label, "Your server is not running", "Your server {0} is not running", "The server of {0} is not running", "The server {0} of {1} is not running");

    public async Task OnGetAsync()
    {
        key = HttpContext.Features.Get<MissingServer>()?.Key ?? new ServerKey(Hub.Value("user"), "");
        label = (await models.LoadAsync(key, Hub.Aborted))?.DisplayName is { Length: > 0 } shown ? shown : key.ServerName;
    }
}
