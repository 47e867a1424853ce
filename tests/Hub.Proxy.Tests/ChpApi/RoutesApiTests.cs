using System.Net;
using System.Text.RegularExpressions;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Proxy.Tests.Standalone;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.ChpApi;

/// <summary>What configurable-http-proxy 4.5.3 answers, seen on the running original.</summary>
public sealed class RoutesApiTests
{
    [Theory]
    [InlineData("GET", "/api/routes", null, 200, "{}")]
    [InlineData("GET", "/api/routes/", null, 200, "{}")]
    [InlineData("GET", "/api/routes/nobody", null, 404, "")]
    [InlineData("GET", "/api/other", null, 404, "Not Found")]
    [InlineData("GET", "/api/routesandmore", null, 404, "Not Found")]
    [InlineData("GET", "/", null, 404, "Not Found")]
    [InlineData("PUT", "/api/routes/x", "{}", 405, "Method not supported")]
    [InlineData("PATCH", "/api/routes", "{}", 405, "Method not supported")]
    [InlineData("OPTIONS", "/api/routes/x", null, 405, "Method not supported")]
    [InlineData("HEAD", "/api/routes", null, 405, "")]
    [InlineData("DELETE", "/api/routes/nobody", null, 404, "")]
    [InlineData("POST", "/api/routes/x", """{"target":1}""", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", """{"user":"ada"}""", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", """{"target":"http://a","target":null}""", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", "[1]", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", "null", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", "\"abc\"", 400, "Must specify 'target' as string")]
    [InlineData("POST", "/api/routes/x", "", 400, "Body not valid JSON: SyntaxError: Unexpected end of JSON input")]
    [InlineData("POST", "/api/routes/x", """{"target":"http://127.0.0.1:1"}""", 201, "")]
    [InlineData("GET", "/api/routes?inactiveSince=foo", null, 400, "Invalid datestamp 'foo' must be ISO8601.")]
    [InlineData("GET", "/api/routes?inactive_since=%3Cb%3E", null, 400, "Invalid datestamp '<b>' must be ISO8601.")]
    public async Task Answers_as_the_original_does(string method, string path, string? body, int status, string text)
    {
        await using var host = await StandaloneHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body) };

        using var response = await host.Api.SendAsync(request);

        Assert.Equal((status, text), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("""{"target":"not a url"}""", 400)]
    [InlineData("""{"target":""}""", 400)]
    [InlineData("""{"target":"ftp://127.0.0.1"}""", 400)]
    [InlineData("""{"target":"http://ada:secret@127.0.0.1"}""", 400)]
    [InlineData("""{"target":"http://a","x":"\ud800"}""", 400)]
    [InlineData("{x", 400)]
    [InlineData("""{"target":"http://a"} trailing""", 400)]
    public async Task Refuses_what_could_never_work(string body, int status)
    {
        await using var host = await StandaloneHost.StartAsync();

        using var response = await host.PostAsync("/x", body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("{}", await host.ListAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bearer s3cret-t0ken")]
    [InlineData("Token s3cret-t0ken")]
    [InlineData("token s3cret-t0ke")]
    [InlineData("token s3cret-t0kenn")]
    [InlineData("token")]
    public async Task Without_the_token_everything_is_403_and_empty(string? authorization)
    {
        await using var host = await StandaloneHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/routes/x", UriKind.Relative)) { Content = new StringContent("{") };
        host.Api.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await host.Api.SendAsync(request);

        Assert.Equal((HttpStatusCode.Forbidden, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_may_stand_anywhere_behind_the_word()
    {
        await using var host = await StandaloneHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/routes", UriKind.Relative));
        host.Api.DefaultRequestHeaders.Authorization = null;
        request.Headers.TryAddWithoutValidation("Authorization", $"xxtoken   {StandaloneHost.Token} yyy");

        using var response = await host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"target":"http://127.0.0.1:2","user":"ada","b":[1,2.50,1e3,"\u00e9\u2028</"],"last_activity":"x","10":1,"2":2}""",
        "{\"2\":2,\"10\":1,\"target\":\"http://127.0.0.1:2\",\"user\":\"ada\",\"b\":[1,2.5,1000,\"\u00e9\u2028</\"],\"last_activity\":\"DATE\"}")]
    [InlineData("""{"last_activity":1,"target":"http://b","a":{"z":null,"y":true,"1":-0.0}}""",
        """{"last_activity":"DATE","target":"http://b","a":{"1":0,"z":null,"y":true}}""")]
    [InlineData("""{"target":"http://a","x":1,"target":"http://b","x":[]}""", """{"target":"http://b","x":[],"last_activity":"DATE"}""")]
    [InlineData("""{"target":"http://a","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"b":2,"q":3,"q":4}""",
        """{"target":"http://a","a":1,"b":2,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":4,"last_activity":"DATE"}""")]
    [InlineData(""" { "target" : "HTTP://Host:80/p/" } """, """{"target":"HTTP://Host:80/p/","last_activity":"DATE"}""")]
    public async Task What_was_posted_comes_back_as_JavaScript_would_write_it(string posted, string listed)
    {
        await using var host = await StandaloneHost.StartAsync();

        using var response = await host.PostAsync("/user/ada", posted);
        using var one = await host.Api.GetAsync(new Uri("/api/routes/user/ada/", UriKind.Relative));

        Assert.Equal("application/json", one.Content.Headers.ContentType!.ToString());
        Assert.Equal(listed, Dateless(await one.Content.ReadAsStringAsync()));
        Assert.Equal("{\"/user/ada\":" + listed + "}", Dateless(await host.ListAsync()));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("/user/a%2Fb", "/user/a/b")]
    [InlineData("/%2Fuser%2Fada", "/user/ada")]
    [InlineData("/user/x%40y/", "/user/x@y")]
    [InlineData("/user/x/?query=1", "/user/x")]
    [InlineData("/%C3%A9", "/\u00e9")]
    [InlineData("/a%25b%3Fc%23", "/a%b?c#")]
    [InlineData("/a//b", "/a//b")]
    [InlineData("/a%22%5C%0A", "/a\\\"\\\\\\n")]
    public async Task Paths_are_kept_decoded(string posted, string listed)
    {
        await using var host = await StandaloneHost.StartAsync();

        await host.RouteAsync(posted, new Uri("http://127.0.0.1:1"));

        Assert.Equal("{\"" + listed + "\":{\"target\":\"http://127.0.0.1:1\",\"last_activity\":\"DATE\"}}", Dateless(await host.ListAsync()));
        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync(posted)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync(posted)).StatusCode);
        Assert.Equal("{}", await host.ListAsync());
    }

    [Theory]
    [InlineData("/a%2F..%2Fb")]
    [InlineData("/%E0%A4")]
    [InlineData("/%00")]
    [InlineData("/%zz")]
    public async Task Paths_that_no_request_can_ask_for_are_refused(string path)
    {
        await using var host = await StandaloneHost.StartAsync();
        using var raw = await RawConnection.OpenAsync(host.Api.BaseAddress!);

        await raw.SendAsync($"POST /api/routes{path} HTTP/1.1\r\nHost: a\r\nAuthorization: token {StandaloneHost.Token}\r\nContent-Length: 21\r\n\r\n{{\"target\":\"http://a\"}}");

        Assert.StartsWith("HTTP/1.1 400 ", await raw.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_can_leave_out_what_was_used_since()
    {
        var time = new FakeTime();
        await using var host = await StandaloneHost.StartAsync(time: time);
        await host.RouteAsync("/old", new Uri("http://127.0.0.1:1"));
        time.Advance(TimeSpan.FromHours(1));
        await host.RouteAsync("/new", new Uri("http://127.0.0.1:2"));

        Assert.Equal("""{"/old":{"target":"http://127.0.0.1:1","last_activity":"2026-01-01T12:00:00.000Z"}}""", await host.ListAsync("?inactiveSince=2026-01-01T12:30:00Z"));
        Assert.Equal("{}", await host.ListAsync("?inactive_since=2026-01-01T12:00:00Z"));
        Assert.Equal(2, Regex.Count(await host.ListAsync("?inactiveSince=2030-01-01"), "target"));
        Assert.Equal(2, Regex.Count(await host.ListAsync("?somethingElse=1"), "target"));
    }

    [Fact]
    public async Task A_route_that_is_posted_again_is_replaced_in_its_place()
    {
        await using var host = await StandaloneHost.StartAsync();
        await host.RouteAsync("/a", new Uri("http://127.0.0.1:1"));
        await host.RouteAsync("/b", new Uri("http://127.0.0.1:2"));

        await host.RouteAsync("/a", new Uri("http://127.0.0.1:3"));

        Assert.Equal(
            """{"/a":{"target":"http://127.0.0.1:3","last_activity":"DATE"},"/b":{"target":"http://127.0.0.1:2","last_activity":"DATE"}}""", Dateless(await host.ListAsync()));
    }

    [Fact]
    public async Task With_host_routing_the_first_segment_is_the_host_and_goes_among_the_data()
    {
        await using var host = await StandaloneHost.StartAsync(settings => settings with { HostRouting = true });

        await host.RouteAsync("/Ada.Example.org/user/ada", new Uri("http://127.0.0.1:1"));
        await host.RouteAsync("/", new Uri("http://127.0.0.1:2"));

        Assert.Equal(
            """{"/Ada.Example.org/user/ada":{"target":"http://127.0.0.1:1","host":"Ada.Example.org","last_activity":"DATE"},"/":{"target":"http://127.0.0.1:2","last_activity":"DATE"}}""",
            Dateless(await host.ListAsync()));
        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync("/ada.example.org/user/ada")).StatusCode);
    }

    [Fact]
    public async Task Bodies_paths_depth_and_number_of_routes_have_limits()
    {
        await using var host = await StandaloneHost.StartAsync(settings => settings with { MostRoutes = 2 });
        var body = """{"target":"http://127.0.0.1:1"}""";

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync("/x", $$"""{"target":"http://a","x":"{{new string('x', 70_000)}}"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync("/x", "{\"target\":\"http://a\",\"x\":" + new string('[', 100) + new string(']', 100) + "}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync($"/{new string('x', 5000)}", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/1", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/2", body)).StatusCode);
        Assert.Equal(HttpStatusCode.InsufficientStorage, (await host.PostAsync("/3", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/2", body)).StatusCode);
    }

    private static string Dateless(string text) => Regex.Replace(text, @"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "DATE");
}
