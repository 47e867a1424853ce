using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Events;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>Puts events into sentences.</summary>
internal sealed class EventWords(PageTexts texts)
{
    /// <summary>The kinds to choose from: how the page's filter calls them, and in words.</summary>
    public IReadOnlyList<(string Value, string Text)> Kinds =>
        [("server", texts["Servers"]), ("sign", texts["Sign-ins"]), ("user", texts["Users"]), ("group", texts["Groups"]), ("role", texts["Roles"]), ("service", texts["Services"])];

    /// <summary>Which of the kinds an event is of.</summary>
    public static string KindOf(HubEvent happened) => happened.Kind switch
    {
        HubEventKind.ServerStarting or HubEventKind.ServerReady or HubEventKind.ServerFailed or HubEventKind.ServerStopped => "server",
        HubEventKind.SignedIn or HubEventKind.SignedOut => "sign",
        HubEventKind.UserCreated or HubEventKind.UserDeleted => "user",
        HubEventKind.GroupCreated or HubEventKind.GroupDeleted or HubEventKind.GroupChanged => "group",
        HubEventKind.RoleChanged => "role",
        _ => "service",
    };

    /// <summary>The mark beside it: good, bad, or nothing.</summary>
    public static string? MarkOf(HubEvent happened) => happened.Kind switch
    {
        HubEventKind.ServerReady => "ready",
        HubEventKind.ServerStarting => "pending",
        HubEventKind.ServerFailed => "failed",
        _ => null,
    };

    public Sentence Of(HubEvent happened) => happened.Kind switch
    {
        HubEventKind.ServerStarting => Sentence(happened, "The server of {0} is being started.", "The server {1} of {0} is being started."),
        HubEventKind.ServerReady => Sentence(happened, "The server of {0} is ready.", "The server {1} of {0} is ready."),
        HubEventKind.ServerStopped => Sentence(happened, "The server of {0} has stopped.", "The server {1} of {0} has stopped."),
        HubEventKind.ServerFailed when happened.Detail == nameof(ServerFailureReason.Cancelled) => Sentence(happened, "The start of {0}'s server was cancelled.", "The start of the server {1} of {0} was cancelled."),
        HubEventKind.ServerFailed => Sentence(happened, "The server of {0} could not be started ({2}).", "The server {1} of {0} could not be started ({2})."),
        HubEventKind.SignedIn => texts.Sentence("{0} signed in.", happened.Name),
        HubEventKind.SignedOut => texts.Sentence("{0} signed out.", happened.Name),
        HubEventKind.UserCreated => texts.Sentence("The user {0} was created.", happened.Name),
        HubEventKind.UserDeleted => texts.Sentence("The user {0} was deleted.", happened.Name),
        HubEventKind.GroupCreated => texts.Sentence("The group {0} was created.", happened.Name),
        HubEventKind.GroupDeleted => texts.Sentence("The group {0} was deleted.", happened.Name),
        HubEventKind.GroupChanged => texts.Sentence("The members of the group {0} changed.", happened.Name),
        HubEventKind.RoleChanged => Role(happened),
        HubEventKind.ServiceCreated => texts.Sentence("The service {0} was created.", happened.Name),
        _ => texts.Sentence("The service {0} was deleted.", happened.Name),
    };

    // Texts: those that it is called with.
    private Sentence Sentence(HubEvent happened, string ofDefault, string ofNamed) =>
        texts.Sentence(happened.ServerName is { Length: > 0 } ? ofNamed : ofDefault, happened.Name, happened.ServerName ?? "", happened.Detail ?? "");

    private Sentence Role(HubEvent happened) => happened.Detail switch
    {
        nameof(CreateRole) => texts.Sentence("The role {0} was created.", happened.Name),
        nameof(DeleteRole) => texts.Sentence("The role {0} was deleted.", happened.Name),
        nameof(AssignRole) => texts.Sentence("The role {0} was given to somebody.", happened.Name),
        nameof(RemoveRole) => texts.Sentence("The role {0} was taken from somebody.", happened.Name),
        _ => texts.Sentence("The role {0} was changed.", happened.Name),
    };
}
