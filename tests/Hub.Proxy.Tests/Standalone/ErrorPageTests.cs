using System.Net;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Standalone;

public sealed class ErrorPageTests
{
    [Fact]
    public async Task The_error_target_writes_the_page_and_the_proxy_keeps_the_status()
    {
        await using var hub = await UpstreamServer.StartAsync(context =>
        {
            context.Response.StatusCode = 418;
            context.Response.ContentType = "text/x-page";
            context.Response.Headers.ContentEncoding = "x-plain";
            context.Response.Headers["X-Other"] = "not copied";
            return context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        });
        await using var host = await StandaloneHost.StartAsync(settings => settings with { ErrorTarget = UpstreamTarget.Of(new Uri(hub.Url, "/hub/error/")) });
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));

        using var missing = await host.Public.GetAsync(new Uri("/nobody/(%20)?x=%20&y", UriKind.Relative));
        using var dead = await host.Public.GetAsync(new Uri("/user/ada/tree", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("/hub/error/404?url=%2Fnobody%2F(%2520)%3Fx%3D%2520%26y", await missing.Content.ReadAsStringAsync());
        Assert.Equal("text/x-page", missing.Content.Headers.ContentType!.ToString());
        Assert.Equal("x-plain", missing.Content.Headers.ContentEncoding.Single());
        Assert.False(missing.Headers.Contains("X-Other"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dead.StatusCode);
        Assert.Equal("/hub/error/503?url=%2Fuser%2Fada%2Ftree", await dead.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task When_the_error_target_fails_the_proxy_has_a_page_of_its_own()
    {
        await using var huge = await UpstreamServer.StartAsync(context => context.Response.Body.WriteAsync(new byte[5 * 1024 * 1024]).AsTask());
        await using var broken = RawUpstream.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        foreach (var target in new[] { new Uri("http://127.0.0.1:1/"), huge.Url, broken.Url })
        {
            await using var host = await StandaloneHost.StartAsync(settings => settings with { ErrorTarget = UpstreamTarget.Of(target) });

            using var response = await host.Public.GetAsync(new Uri("/nobody", UriKind.Relative));

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("<h1>404: Not Found</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_error_target_that_says_nothing_is_given_up()
    {
        using var silence = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        await using var silent = RawUpstream.Start((_, _) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, silence.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var time = new FakeTime();
        await using var host = await StandaloneHost.StartAsync(settings => settings with { ErrorTarget = UpstreamTarget.Of(silent.Url) }, time);

        var answering = host.Public.GetAsync(new Uri("/nobody", UriKind.Relative));
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.NotFound, (await answering).StatusCode);
        await silence.CancelAsync();
    }

    [Fact]
    public async Task A_folder_may_hold_the_pages()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.Combine("404.html"), "nothing here");
        await using var host = await StandaloneHost.StartAsync(settings => settings with { ErrorPath = folder.Path });
        await host.RouteAsync("/user/ada", new Uri("http://127.0.0.1:1"));

        Assert.Equal((404, "text/html", "nothing here"), await GetAsync(host, "/nobody"));
        Assert.StartsWith("<!DOCTYPE html>", (await GetAsync(host, "/user/ada")).Body, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.Combine("error.html"), "something else");
        Assert.Equal((503, "text/html", "something else"), await GetAsync(host, "/user/ada"));
    }

    [Fact]
    public async Task HEAD_gets_no_body_and_the_connection_stays()
    {
        await using var host = await StandaloneHost.StartAsync();
        using var raw = await RawConnection.OpenAsync(host.Public.BaseAddress!);

        await raw.SendAsync("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
        var first = await raw.ReadHeadAsync();
        await raw.SendAsync("GET /_chp_healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        var second = await raw.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 404 ", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", second, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string? Type, string Body)> GetAsync(StandaloneHost host, string path)
    {
        using var response = await host.Public.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }
}
