using System.Globalization;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Data;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JupyterHub.AspNetCore.Tests.Databases;

/// <summary>What a hub asks its database for once it knows who asks.</summary>
public sealed class WarmedHubTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_am_i_costs_nothing_in_the_database(bool byToken)
    {
        // A clock that stands still: nothing that a hub writes of its own accord comes in between.
        await using var host = await StartAsync(new FakeTime(DateTimeOffset.UtcNow));
        var token = byToken ? await host.Data.UserTokenAsync("ada", "self") : null;
        var browser = await host.SignInAsync("ada");
        var database = (CountingDatabase)host.Database;

        async Task AskAsync()
        {
            using var answer = byToken ? await host.SendAsync("GET", "/hub/api/user", token) : await browser.GetAsync("/hub/api/user");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await Settle(host, AskAsync);
        var (reads, writes) = (database.Reads, database.Writes);
        for (var turn = 0; turn < 20; turn++)
        {
            await AskAsync();
        }

        Assert.Equal((reads, writes), (database.Reads, database.Writes));
    }

    [Fact]
    public async Task Reports_of_activity_are_written_together_and_shown_before()
    {
        await using var host = await StartAsync();
        var token = await host.Data.UserTokenAsync("root");
        await host.Data.UserAsync("ada");
        var database = (CountingDatabase)host.Database;
        var begin = DateTime.UtcNow.AddMinutes(10);

        async Task ReportAsync(int second)
        {
            var at = begin.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            using var answer = await host.SendAsync("POST", "/hub/api/users/ada/activity", token, Answers.Json($$"""{"last_activity": "{{at}}"}"""));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var shown = await host.SendAsync("GET", "/hub/api/users/ada", token);
            Assert.Contains($"\"{at}\"", await shown.TextAsync(), StringComparison.Ordinal);
        }

        await Settle(host, () => ReportAsync(0));

        // However long the reports take, no round of the hub's own falls between them.
        await host.Get<ActivityFlush>().StopAsync(CancellationToken.None);
        var writes = database.Writes;
        for (var second = 1; second <= 50; second++)
        {
            await ReportAsync(second);
        }

        // What else a hub writes from time to time may be among them.
        Assert.InRange(database.Writes - writes, 0, 25);
        await host.Get<PendingActivity>().WriteAsync();
        Assert.Equal(begin.AddSeconds(50), (await host.Data.UserAsync("ada")).LastActivity!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_orderly_stop_writes_what_is_still_in_memory()
    {
        using var folder = new TestFolder();
        var file = folder.Combine("hub.sqlite");
        void Use(HubSetup setup) => setup.Hub = options => options.Database.ConnectionString = $"Data Source={file}";
        await using (var host = await HubHost.StartAsync(Use))
        {
            var token = await host.Data.UserTokenAsync("root");
            await host.Data.UserAsync("ada");
            using var answer = await host.SendAsync("POST", "/hub/api/users/ada/activity", token, Answers.Json("""{"last_activity": "2021-02-03T04:05:06Z"}"""));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var next = await HubHost.StartAsync(Use);
        Assert.Equal(new DateTime(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc), (await next.Data.UserAsync("ada")).LastActivity);
    }

    /// <summary>Until nothing is written any more and the database's own notice of that has come by.</summary>
    private static Task Settle(HubHost host, Func<Task> ask) => Eventually.TrueAsync("a quiet database", async () =>
    {
        await ask();
        await host.Get<PendingActivity>().WriteAsync();
        var commits = host.Database.CommitVersion;
        await ask();
        await Task.Delay(700);
        await ask();
        return commits == host.Database.CommitVersion;
    });

    private static Task<HubHost> StartAsync(TimeProvider? time = null) => HubHost.StartAsync(setup =>
    {
        setup.Services = builder => builder.Services.AddSingleton(time ?? TimeProvider.System);

        // The next note of who was seen is later than any of these tests.
        setup.Hub = hub => hub.ActivityResolution = 3600;
        setup.LateServices = builder =>
        {
            var database = builder.Services.Last(service => service.ServiceType == typeof(IHubDatabase)).ImplementationFactory!;
            builder.Services.Replace(ServiceDescriptor.Singleton<IHubDatabase>(services => new CountingDatabase((IHubDatabase)database(services))));
        };
    });
}
