using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Notes when tokens and users were seen, at most once per <see cref="JupyterHubOptions.ActivityResolution"/> (contract 1.7).</summary>
internal sealed class ActivityRecorder(PendingActivity pending, JupyterHubOptions options, TimeProvider time)
{
    /// <summary>Notes of the tokens that started servers hold; what they do on their own is no activity of their owner.</summary>
    public const string ServerTokenNotePrefix = "Server at ";

    public void RecordTokenUse(HubToken token)
    {
        var now = time.GetHubTime();
        if (IsDue(pending.LastOf(token), now))
        {
            pending.Note(token, now);
        }

        if (token.User is { } owner && IsDue(pending.LastOf(owner), now) && token.Note?.StartsWith(ServerTokenNotePrefix, StringComparison.Ordinal) != true)
        {
            pending.Note(owner, now);
        }
    }

    /// <summary>Somebody else's token was presented to the hub for a decision: noted at once and always.</summary>
    public void RecordPresentedToken(HubToken token)
    {
        var now = time.GetHubTime();
        pending.Note(token, now);
        if (token.User is { } owner)
        {
            pending.Note(owner, now);
        }
    }

    public void RecordUser(HubUser user)
    {
        var now = time.GetHubTime();
        if (IsDue(pending.LastOf(user), now))
        {
            pending.Note(user, now);
        }
    }

    private bool IsDue(DateTime? last, DateTime now) => last is null || now - last.Value >= TimeSpan.FromSeconds(options.ActivityResolution);
}
