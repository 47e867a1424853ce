namespace JupyterHub.Cli;

/// <summary>What the command tells a script.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Understood, but not done; the reason is on standard error.</summary>
    public const int Refused = 1;

    /// <summary>Not understood.</summary>
    public const int Usage = 2;
}
