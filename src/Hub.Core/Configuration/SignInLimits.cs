namespace JupyterHub.Core.Configuration;

/// <summary>How many wrong passwords are free before sign-in slows down: section <c>JupyterHub:SignInLimits</c>.</summary>
public sealed class SignInLimits
{
    /// <summary>Wrong passwords for one account that cost no waiting; 0 for no limit per account.</summary>
    public int FreePerAccount { get; set; } = 5;

    /// <summary>Wrong passwords from one address (IPv6: one /64 network) that cost no waiting; 0 for no limit per address.</summary>
    public int FreePerAddress { get; set; } = 20;

    /// <summary>Seconds after the last wrong password, and after any waiting that it caused, until the count starts again.</summary>
    public double Window { get; set; } = 60;
}
