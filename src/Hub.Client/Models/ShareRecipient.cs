namespace JupyterHub.Client.Models;

/// <summary>A user or a group that a server is shared with.</summary>
public sealed record ShareRecipient
{
    private ShareRecipient()
    {
    }

    internal string? UserName { get; private init; }

    internal string? GroupName { get; private init; }

    /// <summary>A user.</summary>
    public static ShareRecipient User(string name) => new() { UserName = name };

    /// <summary>Every member of a group.</summary>
    public static ShareRecipient Group(string name) => new() { GroupName = name };
}
