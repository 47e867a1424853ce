using JupyterHub.Core.Hosting;
using Microsoft.Data.Sqlite;

namespace JupyterHub.Sqlite.Tests;

public sealed class SqliteDatabaseSettingsTests
{
    [Theory]
    [InlineData("Data Source=hub.sqlite", "/data/hub.sqlite")]
    [InlineData("Data Source=sub/../x.db", "/data/x.db")]
    [InlineData("Filename=/srv/hub.sqlite", "/srv/hub.sqlite")]
    public void A_relative_path_is_below_the_data_folder(string connectionString, string path) =>
        Assert.Equal(path, SqliteDatabaseSettings.Parse(connectionString, "/data").Path);

    [Fact]
    public void Connections_have_foreign_keys_and_never_create_the_file()
    {
        var settings = SqliteDatabaseSettings.Parse("Data Source=hub.sqlite;Default Timeout=7", "/data");
        var pooled = new SqliteConnectionStringBuilder(settings.ForPool());

        Assert.Equal(7, settings.BusySeconds);
        Assert.True(settings.MayCreate);
        Assert.True(pooled.ForeignKeys);
        Assert.True(pooled.Pooling);
        Assert.Equal(SqliteOpenMode.ReadWrite, pooled.Mode);
        Assert.Equal(7, pooled.DefaultTimeout);
        Assert.Equal(SqliteOpenMode.ReadOnly, new SqliteConnectionStringBuilder(settings.ForOne(readOnly: true)).Mode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Default Timeout=5")]
    [InlineData("hub.sqlite")]
    [InlineData("Data Source=hub.sqlite;Colour=red")]
    [InlineData("Data Source=hub.sqlite;Mode=sometimes")]
    [InlineData("Data Source=hub.sqlite;Default Timeout=long")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=hub;Mode=Memory")]
    [InlineData("Data Source=hub.sqlite;Mode=ReadOnly")]
    [InlineData("Data Source=file:hub.sqlite?cache=shared")]
    [InlineData("Data Source=|DataDirectory|hub.sqlite")]
    [InlineData("Data Source=hub.sqlite;Cache=Shared")]
    [InlineData("Data Source=hub.sqlite;Password=hunter2")]
    [InlineData("Data Source=hub.sqlite;Foreign Keys=False")]
    [InlineData("Data Source=hub.sqlite;Default Timeout=0")]
    public void What_a_hub_cannot_use_is_refused_in_one_line_that_names_the_setting(string connectionString)
    {
        var exception = Assert.Throws<HubStartupException>(() => SqliteDatabaseSettings.Parse(connectionString, "/data"));

        Assert.StartsWith("JupyterHub:Database:ConnectionString ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }
}
