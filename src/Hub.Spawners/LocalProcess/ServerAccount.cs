namespace JupyterHub.Spawners.LocalProcess;

/// <summary>As whom a server runs.</summary>
/// <param name="User">Value of USER.</param>
/// <param name="Home">Value of HOME; empty to leave it unset.</param>
/// <param name="Shell">Value of SHELL; empty to leave it unset.</param>
/// <param name="SwitchTo">The system user to switch to; null to stay the hub's own.</param>
internal sealed record ServerAccount(string User, string Home, string Shell, SystemAccount? SwitchTo)
{
    /// <summary>Where the server starts: its home, or the root folder where there is none.</summary>
    public string Folder => Home.Length > 0 && Directory.Exists(Home) ? Home : "/";
}
