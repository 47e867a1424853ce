using JupyterHub.AspNetCore.Pages.Texts;
using Microsoft.AspNetCore.WebUtilities;

namespace JupyterHub.AspNetCore.Errors;

/// <summary>What the error page says of a status.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Explanation">What it means for the reader, and what to do; null where only the message of the error can tell.</param>
/// <param name="IsPassing">True where the same request may succeed later.</param>
internal sealed record ErrorWords(string Title, string? Explanation, bool IsPassing = false)
{
    public static ErrorWords Of(ShownError error, PageTexts texts) => error.IsOfServer ? OfServer(error.Status, texts) : OfHub(error, texts);

    private static ErrorWords OfHub(ShownError error, PageTexts texts) => error.Status switch
    {
        400 => new(texts["The request cannot be understood"], texts["Something in the address or in the form is not as it has to be."]),
        403 => new(texts["You are not allowed to do this"], null),
        404 => new(texts["There is nothing here"], texts["There is no such page, or you may not know of it. Check the address."]),
        405 => new(texts["This address does not do that"], texts["Go back to the page that you came from and try again there."]),
        408 => new(texts["The request took too long"], texts["The connection may be slow."], IsPassing: true),
        413 => new(texts["That is too large"], texts["What was sent is larger than this hub accepts."]),
        424 => new(texts["This server is not running"], texts["It has to be started before the page can be shown."]),
        429 => new(texts["Too many requests"], texts["The hub has more to do than it can do at once."], IsPassing: true),
        500 => new(texts["Something went wrong"], texts["The hub could not do this. It is not your fault."], IsPassing: true),
        503 => new(texts["Not available at the moment"], texts["The hub cannot do this right now."], IsPassing: true),
        _ => new(ReasonPhrases.GetReasonPhrase(error.Status) is { Length: > 0 } reason ? reason : texts["Error"], null, IsPassing: error.Status >= 500),
    };

    private static ErrorWords OfServer(int status, PageTexts texts) => status switch
    {
        404 => new(texts["There is nothing here"], texts["There is no such page, or you may not know of it. Check the address."]),
        504 => new(texts["The server takes too long"], texts["The server that this page belongs to did not answer in time. It may be busy."], IsPassing: true),
        508 => new(texts["This address leads in a circle"], texts["It leads back to the hub itself. Whoever runs the hub has to give the service or server another one."]),
        _ => new(texts["The server does not answer"], texts["The server that this page belongs to may have just been stopped, or it crashed. Your home page tells what it does."], IsPassing: true),
    };
}
