using System.Collections.Concurrent;
using System.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Diagnostics;

/// <summary>Spans from a request down to the spawner (docs/observability.md).</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_server_s_start_can_be_followed_from_the_request_to_spawner_database_and_proxy()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "JupyterHub" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.UserTokenAsync("ada");

        // Other tests' hubs are traced as well: this trace is told by its id.
        using var root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        using (var request = host.NewRequest("POST", "/hub/api/users/ada/server"))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
            request.Headers.TryAddWithoutValidation("traceparent", root.Id);
            using var answer = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        List<Activity> Trace() => [.. spans.Where(span => span.TraceId == root.TraceId)];
        await Eventually.TrueAsync("the spans", () => Trace().Any(span => span.OperationName == "POST /hub/api/users/{user}/server"));
        var trace = Trace();
        var handled = trace.Single(span => span.OperationName == "POST /hub/api/users/{user}/server");
        Assert.Equal("201", handled.GetTagItem("http.response.status_code")?.ToString());
        var start = trace.Single(span => span.OperationName == "server.start");
        Assert.Equal(handled.SpanId, start.ParentSpanId);
        Assert.Contains(trace, span => span.OperationName == "database.read" && span.ParentSpanId == handled.SpanId);
        foreach (var name in new[] { "database.write", "spawner.start", "spawner.poll", "proxy.add_route" })
        {
            Assert.Contains(trace, span => span.OperationName == name && span.ParentSpanId == start.SpanId);
        }

        var told = string.Join('\n', trace.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Prepend(span.DisplayName)));
        Assert.DoesNotContain(token, told, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", told, StringComparison.Ordinal);
    }
}
