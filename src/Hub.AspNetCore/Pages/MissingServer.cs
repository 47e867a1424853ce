using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Pages;

/// <summary>The server that an address below <c>hub/user/…</c> was meant for.</summary>
internal sealed record MissingServer(ServerKey Key)
{
    /// <summary>What stands behind the user's name: a named server's name, or the beginning of a path in the default server.</summary>
    public static string FirstSegment(HubRequest request)
    {
        var rest = request.Value("rest");
        return rest.Length == 0 ? "" : request.Target.SegmentText(request.Target.SegmentCount - 1 - rest.AsSpan().Count('/'));
    }

    /// <summary>Finds the server; null if there is no such user.</summary>
    public static async Task<MissingServer?> FindAsync(HubRequest request, string userName)
    {
        var name = request.Get<JupyterHubOptions>().AllowNamedServers ? FirstSegment(request) : "";
        var (isUser, isServer) = await request.Get<IHubDatabase>().ReadAsync(
            async (db, token) => (
                await db.Users.AnyAsync(user => user.Name == userName, token),
                name.Length > 0 && await db.Spawners.AnyAsync(row => row.User!.Name == userName && row.Name == name, token)),
            request.Aborted);
        return isUser ? new MissingServer(new ServerKey(userName, isServer ? name : "")) : null;
    }
}
