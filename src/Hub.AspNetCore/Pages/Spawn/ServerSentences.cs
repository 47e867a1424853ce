using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>Says whose server a page is about: one's own is "your server", everybody else's is called by its owner.</summary>
internal sealed class ServerSentences(PageTexts texts)
{
    /// <param name="request">Who looks.</param>
    /// <param name="key">The server.</param>
    /// <param name="label">How people see a named server; empty for the default server.</param>
    /// <param name="own">One's own default server.</param>
    /// <param name="ownNamed">One's own server <c>{0}</c>.</param>
    /// <param name="others">The default server of <c>{0}</c>.</param>
    /// <param name="othersNamed">The server <c>{0}</c> of <c>{1}</c>.</param>
    public Sentence Of(HubRequest request, ServerKey key, string label, string own, string ownNamed, string others, string othersNamed)
    {
        var isOwn = HubPageModel.ViewerOf(request) == key.UserName;
        return (isOwn, key.ServerName.Length == 0) switch
        {
            (true, true) => texts.Sentence(own),
            (true, false) => texts.Sentence(ownNamed, label),
            (false, true) => texts.Sentence(others, key.UserName),
            (false, false) => texts.Sentence(othersNamed, label, key.UserName),
        };
    }

    /// <summary>The sentence for a page's title, which has no markup.</summary>
    public static string Plain(Sentence sentence) => string.Concat(sentence.Parts().Select(part => part.Text));
}
