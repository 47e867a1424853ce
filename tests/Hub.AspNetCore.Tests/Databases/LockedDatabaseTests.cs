using System.Net;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Testing;
using Microsoft.Data.Sqlite;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>A backup or another program keeps the database from being written for a while; what needs no writing goes on.</summary>
public sealed class LockedDatabaseTests
{
    [Fact]
    public async Task Whoever_only_reads_is_answered_while_another_program_holds_the_write_lock()
    {
        using var folder = new TestFolder();
        var file = folder.Combine("hub.sqlite");
        await using var hub = await HubHost.StartAsync(setup => setup.Hub = options =>
        {
            options.Database.ConnectionString = $"Data Source={file}";
            options.ActivityResolution = 0;
        });
        await hub.Data.UserAsync("ada");
        var token = await hub.Data.UserTokenAsync("ada", "inherit");
        await using var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync();
        await using (var begin = other.CreateCommand())
        {
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
        }

        for (var request = 0; request < 3; request++)
        {
            using var answer = await hub.SendAsync("GET", "/hub/api/user", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var end = other.CreateCommand();
        end.CommandText = "ROLLBACK";
        await end.ExecuteNonQueryAsync();
    }
}
