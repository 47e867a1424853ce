namespace JupyterHub.Core.Shares;

/// <summary>Who is given access: a user or a group.</summary>
internal sealed record ShareRecipient(bool IsGroup, string Name)
{
    public string Kind => IsGroup ? "group" : "user";

    /// <summary>The scope that lets somebody know of the recipient.</summary>
    public string ReadScope => IsGroup ? "read:groups:name" : "read:users:name";
}
