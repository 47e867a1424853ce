using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>docs/configuration.md says what the options classes say. HUB_WRITE_DOCS=1 rewrites its tables.</summary>
public sealed class SettingsDocumentTests
{
    [Theory]
    [InlineData(typeof(JupyterHubOptions))]
    [InlineData(typeof(HubCookieOptions))]
    [InlineData(typeof(PageOptions))]
    [InlineData(typeof(DatabaseOptions))]
    [InlineData(typeof(RoleDeclaration))]
    [InlineData(typeof(GroupDeclaration))]
    [InlineData(typeof(ServiceDeclaration))]
    [InlineData(typeof(ScopeDeclaration))]
    [InlineData(typeof(AuthenticatorOptions))]
    [InlineData(typeof(SharedPasswordOptions))]
    [InlineData(typeof(DummyAuthenticatorOptions))]
    [InlineData(typeof(SpawnerOptions))]
    [InlineData(typeof(StartOption))]
    [InlineData(typeof(StartOptionChoice))]
    public void The_table_is_true(Type options)
    {
        var (found, expected) = SettingsTable.Compare(options);

        Assert.Equal(expected, found);
    }
}
