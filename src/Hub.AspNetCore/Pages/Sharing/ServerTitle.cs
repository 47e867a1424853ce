using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>What a server is called in headings.</summary>
internal static class ServerTitle
{
    public static Sentence Of(ServerName server, string reader, PageTexts texts) => (server.Owner == reader, server.Name.Length == 0) switch
    {
        (true, true) => texts.Sentence("Sharing of your default server"),
        (true, false) => texts.Sentence("Sharing of your server {0}", server.Name),
        (false, true) => texts.Sentence("Sharing of the default server of {0}", server.Owner),
        _ => texts.Sentence("Sharing of the server {0} of {1}", server.Name, server.Owner),
    };
}
