namespace Workspace.Pages;

/// <summary>A page that says what went wrong.</summary>
internal static class MessagePage
{
    private const int LongestReason = 500;

    public static IResult Show(WorkspaceSettings settings, int status, string title, string reason)
    {
        var text = reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";
        return Layout.Page(settings, status, title, $"""
            <section class="card message">
            <p class="status">{status}</p>
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a class="button" href="{settings.Prefix}">Open my server</a></p>
            </section>
            """);
    }
}
