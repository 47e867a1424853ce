using System.CommandLine;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>The options that say which world is meant.</summary>
internal sealed class WorldOptions
{
    private readonly Option<string?> world = new("--world")
    {
        Description = "A world in the recorded form: users with their groups, groups, services, servers, roles, grants. FILE#3 is the third line of a file of worlds",
        HelpName = "FILE",
    };

    private readonly Option<string?> config = new("--config")
    {
        Description = "A hub's configuration: reads CustomScopes, ExtraUserScopes, LoadGroups, LoadRoles, Services and the authenticator's AdminUsers, AllowedUsers, UsernameMap and ManageRoles; not what code or a database adds",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(world);
        command.Options.Add(config);
    }

    /// <summary>The world; null if none is named.</summary>
    /// <exception cref="ScopesRefusedException">It cannot be read.</exception>
    public ScopeWorld? Find(ParseResult parsed) => (parsed.GetValue(world), parsed.GetValue(config)) switch
    {
        (null, null) => null,
        ({ } file, null) => WorldFile.ReadRecorded(file),
        (null, { } file) => WorldFiles.ReadConfigured(file),
        _ => throw new ScopesRefusedException("--world and --config both say which world is meant; keep one of them."),
    };

    /// <summary>The world.</summary>
    /// <exception cref="ScopesRefusedException">None is named, or it cannot be read.</exception>
    public ScopeWorld Get(ParseResult parsed) =>
        Find(parsed) ?? throw new ScopesRefusedException("Say which world is meant: --world FILE, or --config FILE with a hub's configuration.");
}
