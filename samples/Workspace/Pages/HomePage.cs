using System.Security.Claims;
using JupyterHub.Client.Authentication;

namespace Workspace.Pages;

/// <summary>Shows who is signed in, and the live part that the script fills over a WebSocket.</summary>
internal static class HomePage
{
    public static IResult Show(WorkspaceSettings settings, ClaimsPrincipal visitor)
    {
        var groups = visitor.GetHubGroups().Order(StringComparer.Ordinal).DefaultIfEmpty("none");
        var server = settings.ServerName.Length > 0 ? settings.ServerName : "default";
        return Layout.Page(settings, 200, $"{settings.UserName} – Workspace", $"""
            <h1>Hello, <span id="visitor">{visitor.Identity?.Name}</span></h1>
            <div class="cards">
            <section class="card">
            <h2>You</h2>
            <dl>
            <dt>Groups</dt><dd id="groups">{Layout.Each(groups, group => $"<span class=\"tag\">{group}</span> ")}</dd>
            <dt>Server of</dt><dd>{settings.UserName}</dd>
            <dt>Server</dt><dd id="server">{server}</dd>
            <dt>Prefix</dt><dd><code id="prefix">{settings.Prefix}</code></dd>
            </dl>
            <details><summary>Scopes of this sign-in</summary>
            <ul id="scopes">{Layout.Each(visitor.GetHubScopes(), scope => $"<li><code>{scope}</code></li>")}</ul>
            </details>
            </section>
            <section class="card" id="live" data-socket="{settings.Prefix}ws">
            <h2>Live <span id="connection" class="tag">connecting</span></h2>
            <dl>
            <dt>Clock</dt><dd id="clock">–</dd>
            <dt>Up for</dt><dd id="uptime">–</dd>
            <dt>Memory</dt><dd id="memory">–</dd>
            </dl>
            <form id="echo">
            <label for="text">Say something to the server</label>
            <div class="row"><input id="text" autocomplete="off" maxlength="500"><button>Send</button></div>
            </form>
            <ol id="answers" aria-live="polite"></ol>
            </section>
            </div>
            """);
    }
}
