namespace JupyterHub.Core.Authentication;

/// <summary>A row of <c>hub_shared_passwords</c>: the hash of a password made up on the first run or set with <c>hub password</c>.</summary>
internal sealed class SharedPassword
{
    /// <summary><c>admin</c> or <c>user</c>.</summary>
    public required string Kind { get; set; }

    public required string Hash { get; set; }
    public DateTime ChangedAt { get; set; }
}
