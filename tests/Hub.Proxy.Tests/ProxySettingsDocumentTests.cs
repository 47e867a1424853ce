using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests;

/// <summary>docs/configuration.md says what the proxy's options say. HUB_WRITE_DOCS=1 rewrites its table.</summary>
public sealed class ProxySettingsDocumentTests
{
    [Fact]
    public void The_table_is_true()
    {
        var (found, expected) = SettingsTable.Compare(typeof(ConfigurableHttpProxyOptions));

        Assert.Equal(expected, found);
    }
}
