namespace JupyterHub.AspNetCore;

/// <summary>
/// Names the texts of the hub's pages for the platform's localisation: the key of a text is its English wording, resource files
/// <c>HubTexts.de.resx</c> and so on hold others. A host brings its own by registering an <c>IStringLocalizer&lt;HubTexts&gt;</c>.
/// </summary>
public sealed class HubTexts
{
    private HubTexts()
    {
    }
}
