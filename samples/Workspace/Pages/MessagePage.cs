using JupyterHub.Client.Authentication;

namespace Workspace.Pages;

/// <summary>A page that says what went wrong.</summary>
internal static class MessagePage
{
    private const int LongestReason = 500;

    public static IResult Show(WorkspaceSettings settings, HubSignInProblem problem)
    {
        var reason = problem.Message.Length <= LongestReason ? problem.Message : problem.Message[..LongestReason] + "…";
        return Layout.Page(settings, problem.Status, problem.Title, $"""
            <section class="card message">
            <p class="status">{problem.Status}</p>
            <h1>{problem.Title}</h1>
            <p>{reason}</p>
            <p><a class="button" href="{settings.Prefix}">Open my server</a></p>
            </section>
            """);
    }
}
