using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Worlds;

/// <summary>Reads one world, or two that are to be compared.</summary>
internal static class WorldFiles
{
    /// <exception cref="ScopesRefusedException">The file cannot be read as a configuration.</exception>
    public static ScopeWorld ReadConfigured(string path) => Named(path, WorldFile.ReadConfiguration(path), static declared => ConfiguredWorld.Engine(declared));

    /// <summary>Reads two worlds so that a scope means the same in both.</summary>
    /// <exception cref="ScopesRefusedException">A file cannot be read, or custom scopes of the same name differ.</exception>
    public static (ScopeWorld Before, ScopeWorld After) ReadBoth(string before, string after)
    {
        var isConfiguration = WorldFile.IsConfiguration(before);
        if (isConfiguration != WorldFile.IsConfiguration(after))
        {
            throw new ScopesRefusedException("--before and --after must be of one kind: two worlds, or two configurations.");
        }

        if (!isConfiguration)
        {
            return (WorldFile.ReadRecorded(before), WorldFile.ReadRecorded(after));
        }

        var (old, current) = (WorldFile.ReadConfiguration(before), WorldFile.ReadConfiguration(after));
        // Each alone first: a role must not get by with a custom scope that only the other file defines.
        Named(before, old, static declared => ConfiguredWorld.Engine(declared));
        Named(after, current, static declared => ConfiguredWorld.Engine(declared));
        var engine = ConfiguredWorld.Engine(old, current);
        var (first, second) = (Named(before, old, _ => engine), Named(after, current, _ => engine));
        return (first.AdmitUsersOf(second), second.AdmitUsersOf(first));
    }

    private static ScopeWorld Named(string path, HubDeclarations declared, Func<HubDeclarations, ScopeEngine> engine)
    {
        try
        {
            return ConfiguredWorld.Create(declared, engine(declared));
        }
        catch (ScopesRefusedException exception)
        {
            throw new ScopesRefusedException($"{PlainText.Of(path)}: {exception.Message}");
        }
    }
}
