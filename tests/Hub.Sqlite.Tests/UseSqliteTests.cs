using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Sqlite.Tests;

public sealed class UseSqliteTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, null, "hub.sqlite")]
    [InlineData("Data Source=code.sqlite", null, "code.sqlite")]
    [InlineData("Data Source=code.sqlite", "Data Source=configured.sqlite", "configured.sqlite")]
    public async Task The_configuration_goes_before_code_and_code_before_the_default(string? code, string? configured, string file)
    {
        await using var services = Build(new DatabaseOptions { ConnectionString = configured }, hub => hub.UseSqlite(code));

        var database = Assert.IsType<SqliteHubDatabase>(services.GetRequiredService<IHubDatabase>());
        await database.OpenAsync(CancellationToken.None);

        Assert.Equal(folder.Combine(file), database.Path);
        Assert.True(File.Exists(folder.Combine(file)));
    }

    [Fact]
    public async Task Called_twice_the_last_call_holds()
    {
        await using var services = Build(new DatabaseOptions { Provider = "sqlite" }, hub => hub.UseSqlite("Data Source=a.sqlite").UseSqlite("Data Source=b.sqlite"));

        Assert.Equal(folder.Combine("b.sqlite"), Assert.IsType<SqliteHubDatabase>(services.GetRequiredService<IHubDatabase>()).Path);
        Assert.Single(services.GetServices<IHubDatabase>());
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_refused_by_name()
    {
        await using var services = Build(new DatabaseOptions { Provider = "Oracle" }, hub => hub.UseSqlite());

        var exception = Assert.Throws<HubStartupException>(services.GetRequiredService<IHubDatabase>);
        Assert.Equal("JupyterHub:Database:Provider: 'Oracle' is not available; this hub offers Sqlite.", exception.Message);
    }

    [Fact]
    public async Task Disposing_the_host_closes_the_file()
    {
        var services = Build(new DatabaseOptions(), hub => hub.UseSqlite());
        await services.GetRequiredService<IHubDatabase>().OpenAsync(CancellationToken.None);

        await services.DisposeAsync();

        Assert.Equal([folder.Combine("hub.sqlite")], Directory.GetFiles(folder.Path));
    }

    private ServiceProvider Build(DatabaseOptions options, Action<IHubBuilder> use)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new JupyterHubOptions { Database = options });
        services.AddSingleton(new HubDataFolder(folder.Path));
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        use(new Builder(services));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class Builder(IServiceCollection services) : IHubBuilder
    {
        public IServiceCollection Services { get; } = services;
    }
}
