using JupyterHub.Cli.Proxy;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests.Proxy;

public sealed class ProxyDocumentTests
{
    [Fact]
    public async Task Every_option_is_in_the_document_and_none_that_is_not_there()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "proxy.md"));
        var rows = text.Split('\n').Where(line => line.StartsWith("| `--", StringComparison.Ordinal)).Select(line => line.Split('|')[1]);
        var documented = rows.SelectMany(row => row.Split('`').Where(word => word.StartsWith("--", StringComparison.Ordinal))).Order(StringComparer.Ordinal);

        Assert.Equal(ProxyOptionList.All.Select(option => option.Name).Order(StringComparer.Ordinal), documented);
    }
}
