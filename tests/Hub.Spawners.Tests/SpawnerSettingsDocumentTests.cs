using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;

namespace JupyterHub.Spawners.Tests;

/// <summary>docs/configuration.md says what the spawners' options say. HUB_WRITE_DOCS=1 rewrites its tables.</summary>
public sealed class SpawnerSettingsDocumentTests
{
    [Theory]
    [InlineData(typeof(LocalProcessSpawnerOptions))]
    [InlineData(typeof(SimpleSpawnerOptions))]
    public void The_table_is_true(Type options)
    {
        var (found, expected) = SettingsTable.Compare(options);

        Assert.Equal(expected, found);
    }
}
