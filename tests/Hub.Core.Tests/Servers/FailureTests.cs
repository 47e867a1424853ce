using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Servers;

public sealed class FailureTests
{
    [Fact]
    public async Task A_spawner_s_refusal_reaches_its_owner_and_is_remembered_until_the_next_start()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = (_, _) => throw new SpawnException("The disk is full.");

        var failure = await hub.RunAsync();

        Assert.Equal(new ServerFailure(ServerFailureReason.Refused, "The disk is full."), failure);
        Assert.Equal(failure, hub.Status().Failure);
        await hub.AssertNothingLeftAsync();
        var seen = Assert.Single(await hub.ProgressAsync());
        Assert.Equal((100, true, "Spawn failed: The disk is full."), (seen.Percent, seen.Failed, seen.Message));

        // Stopping what does not run changes nothing.
        Assert.Null(await hub.StopAsync());
        Assert.True(Assert.Single(await hub.ProgressAsync()).Failed);

        hub.Spawner.OnStart = null;
        Assert.Null(await hub.RunAsync());
        Assert.Null(hub.Status().Failure);
        Assert.True(Assert.Single(await hub.ProgressAsync()).Ready);
    }

    [Fact]
    public async Task An_unforeseen_error_is_not_shown_to_owners()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = (_, _) => throw new InvalidOperationException("password=hunter2");

        var failure = await hub.RunAsync();

        Assert.Equal(ServerFailureReason.Internal, failure!.Reason);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_process_that_ends_before_it_answers_fails_the_start_with_its_status_and_last_words()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 503;
        hub.Spawner.OnStart = (request, _) =>
        {
            var server = hub.Spawner.Launch();
            hub.Spawner.Kill("server-1", 3, $"Traceback {request.HubEnvironment["JUPYTERHUB_API_TOKEN"]} gone");
            return Task.FromResult(server);
        };

        // The HTTP timeout is an hour: whoever waits for it does not get through this test.
        var failure = await hub.RunAsync();

        Assert.Equal(ServerFailureReason.Exited, failure!.Reason);
        Assert.Equal("Spawner failed to start [status=3]. The logs for ada may contain details. Last lines: Traceback … gone", failure.Message);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_spawner_that_does_not_come_back_is_given_up_after_the_start_timeout()
    {
        var time = new FakeTime();
        await using var hub = await Hub.CreateAsync(time);
        hub.SpawnerOptions.StartTimeout = 60;
        hub.Spawner.OnStart = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return hub.Spawner.Launch();
        };
        var operation = await hub.StartAsync();
        await Hub.PassTimeUntilAsync(time, () => operation.Completion.IsCompleted);

        var failure = await Hub.End(operation);
        Assert.Equal(ServerFailureReason.TimedOut, failure!.Reason);
        Assert.Contains("60 seconds", failure.Message, StringComparison.Ordinal);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task What_a_spawner_starts_in_spite_of_being_told_to_give_up_is_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        var go = new TaskCompletionSource();
        hub.Spawner.OnStart = async (_, _) =>
        {
            await go.Task;
            return hub.Spawner.Launch();
        };
        var operation = await hub.StartAsync();
        await Hub.UntilAsync(() => !hub.Spawner.Requests.IsEmpty);
        var stop = await hub.Supervisor.StopAsync("ada", "", CancellationToken.None);
        go.SetResult();

        Assert.Equal(ServerFailureReason.Cancelled, (await Hub.End(operation))!.Reason);
        Assert.Null(await Hub.End(stop));
        Assert.Equal(1, hub.Spawner.Starts);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_stopped_after_the_http_timeout()
    {
        var time = new FakeTime();
        await using var hub = await Hub.CreateAsync(time);
        hub.SpawnerOptions.HttpTimeout = 30;
        hub.Server.Status = 0;
        var operation = await hub.StartAsync();
        await Hub.PassTimeUntilAsync(time, () => operation.Completion.IsCompleted);

        var failure = await Hub.End(operation);
        Assert.Equal(ServerFailureReason.Unresponsive, failure!.Reason);
        Assert.Contains("30 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, hub.Spawner.Stops);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_without_a_route_is_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Proxy.OnAdd = _ => throw new HttpRequestException("proxy away");

        Assert.Equal(ServerFailureReason.RouteFailed, (await hub.RunAsync())!.Reason);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_proxy_that_is_away_does_not_keep_a_server_from_being_stopped()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        hub.Proxy.OnRemove = _ => throw new HttpRequestException("proxy away");

        Assert.Null(await hub.StopAsync());
        Assert.Empty(hub.Spawner.Running);
        Assert.Empty(await hub.ServerTokensAsync());
    }

    [Fact]
    public async Task State_that_is_too_large_for_a_row_fails_the_start()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = (_, _) =>
            Task.FromResult(new SpawnedServer(hub.Server.Address, new JsonObject { ["junk"] = new string('x', 100_000) }));

        Assert.Equal(ServerFailureReason.Refused, (await hub.RunAsync())!.Reason);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_cannot_be_stopped_goes_on_with_its_route_and_its_token()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        hub.Spawner.OnStop = _ => throw new IOException("no permission");

        Assert.Equal(ServerFailureReason.StopFailed, (await hub.StopAsync())!.Reason);
        Assert.True(hub.Status().IsReady);
        Assert.Single(hub.Proxy.Routes);
        Assert.Single(await hub.ServerTokensAsync());

        hub.Spawner.OnStop = null;
        Assert.Null(await hub.StopAsync());
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_failed_start_that_cannot_be_undone_is_undone_before_the_next_one()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Proxy.OnAdd = _ => throw new HttpRequestException("proxy away");
        hub.Spawner.OnStop = _ => throw new IOException("no permission");
        Assert.Equal(ServerFailureReason.RouteFailed, (await hub.RunAsync())!.Reason);
        Assert.Single(hub.Spawner.Running);
        Assert.Empty(await hub.ServerTokensAsync());

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync());
        Assert.Equal(ServerOperationError.NotCleanedUp, refusal.Kind);

        hub.Proxy.OnAdd = null;
        hub.Spawner.OnStop = null;
        Assert.Null(await hub.RunAsync());
        Assert.Equal("server-2", Assert.Single(hub.Spawner.Running));
    }

    [Fact]
    public async Task A_server_that_died_is_noticed_and_its_token_dies_with_it()
    {
        var time = new FakeTime();
        await using var hub = await Hub.CreateAsync(time);
        hub.SpawnerOptions.PollInterval = 30;
        Assert.Null(await hub.RunAsync());
        hub.Spawner.KillAll(1);
        await Hub.PassTimeUntilAsync(time, () => !hub.Status().IsActive);

        await hub.AssertNothingLeftAsync();
        // It did not fail to start.
        Assert.Null(hub.Status().Failure);
    }

    [Fact]
    public async Task A_poll_that_fails_is_no_reason_to_give_a_server_up()
    {
        var time = new FakeTime();
        await using var hub = await Hub.CreateAsync(time);
        hub.SpawnerOptions.PollInterval = 30;
        Assert.Null(await hub.RunAsync());
        var polls = 0;
        hub.Spawner.OnPoll = () => ++polls < 5 ? throw new TimeoutException("the cluster is away") : null;
        await Hub.PassTimeUntilAsync(time, () => polls >= 6);

        Assert.True(hub.Status().IsReady);
    }

    [Fact]
    public async Task A_dead_server_does_not_stand_in_the_way_of_a_new_one()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());
        var first = Assert.Single(await hub.ServerTokensAsync()).Hashed;
        hub.Spawner.KillAll(9);

        Assert.Null(await hub.RunAsync());
        Assert.Equal("server-2", Assert.Single(hub.Spawner.Running));
        Assert.NotEqual(first, Assert.Single(await hub.ServerTokensAsync()).Hashed);
    }
}
