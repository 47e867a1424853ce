using JupyterHub.AspNetCore.Logins;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>docs/configuration.md says what the options classes of logins say. HUB_WRITE_DOCS=1 rewrites its tables.</summary>
public sealed class SettingsDocumentTests
{
    [Theory]
    [InlineData(typeof(RedirectLoginOptions))]
    [InlineData(typeof(SchemeLoginOptions))]
    [InlineData(typeof(ProviderLoginOptions))]
    [InlineData(typeof(OpenIdConnectLoginOptions))]
    [InlineData(typeof(OAuthLoginOptions))]
    public void The_table_is_true(Type options)
    {
        var (found, expected) = SettingsTable.Compare(options);

        Assert.Equal(expected, found);
    }
}
