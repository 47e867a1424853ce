using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Tests.Pages.Admin;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>What holds for every page and form that the route table has, those that will be added too.</summary>
public sealed class PageRouteTests : IAsyncLifetime
{
    /// <summary>Browsers send reports of their own accord, and nothing comes of one but a line in the log.</summary>
    private const string Report = "security/csp-report";

    private HubHost host = null!;
    private AdminVictim victim = null!;

    private IEnumerable<HubRoute> Pages => host.Get<HubRouteTable>().Routes.Where(route => route.Kind == HubRouteKind.Page);

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        victim = await AdminVictim.MakeAsync(host);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task No_form_does_anything_without_the_token_of_its_session()
    {
        var administrator = await host.SignInAsync("root");
        var attacker = await host.SignInAsync("mallory");
        var before = host.Database.ChangeVersion;
        var forms = Pages.Where(route => route.Method == "POST" && route.Pattern != Report && !IsOfServer(route)).ToList();
        Assert.True(forms.Count > 40, $"{forms.Count} forms");
        var answered = new List<string>();
        foreach (var form in forms)
        {
            foreach (var token in new[] { null, "", "x", attacker.Cookie("_xsrf") })
            {
                (string, string)[] fields = [("confirmed", "yes"), ("username", "root"), ("password", HubHost.Password), .. token is null ? [] : new[] { ("_xsrf", token) }];
                using var answer = await administrator.Copy().PostFormAsync(AddressOf(form), fields);
                if (answer.StatusCode != HttpStatusCode.Forbidden)
                {
                    answered.Add($"{form.Pattern}: {answer.StatusCode} with '{token}'");
                }
            }
        }

        Assert.Empty(answered);
        Assert.Equal(before, host.Database.ChangeVersion);
        await victim.IsAsBeforeAsync(host);
    }

    [Fact]
    public async Task Nobody_opens_a_page_or_sends_a_form_by_a_token()
    {
        await host.Data.UserAsync("root", admin: true);
        var token = await host.Data.UserTokenAsync("root", "inherit");
        var before = host.Database.ChangeVersion;
        var open = new List<string>();
        foreach (var route in Pages.Where(route => !route.IsAnonymous && !route.TakesTokens))
        {
            using var answer = await host.SendAsync(route.Method, AddressOf(route), token, route.Method == "POST" ? new FormUrlEncodedContent([new("confirmed", "yes")]) : null);
            var isRefused = route.Method == "POST"
                ? answer.StatusCode == HttpStatusCode.Forbidden
                : answer.Location()?.StartsWith("/hub/login?next=", StringComparison.Ordinal) == true;
            if (!isRefused)
            {
                open.Add($"{route.Method} {route.Pattern}: {answer.StatusCode}");
            }
        }

        Assert.Empty(open);
        Assert.Equal(before, host.Database.ChangeVersion);
        await victim.IsAsBeforeAsync(host);
    }

    [Fact]
    public void Only_metrics_and_the_way_to_a_server_take_tokens_and_only_the_sign_in_checks_its_form_itself()
    {
        Assert.All(Pages.Where(route => route.TakesTokens), route => Assert.True(route.Pattern == "metrics" || IsOfServer(route), route.Pattern));
        Assert.Equal(["login", Report], Pages.Where(route => route.IsXsrfExempt).Select(route => route.Pattern).Order(StringComparer.Ordinal));
    }

    /// <summary>What a server's visitors meet while it does not run: no page of the hub, and nothing that could be done.</summary>
    private static bool IsOfServer(HubRoute route) => route.Pattern.StartsWith("user/", StringComparison.Ordinal);

    private string AddressOf(HubRoute route) => "/hub/" + route.Pattern
        .Replace("{user}", victim.Name, StringComparison.Ordinal)
        .Replace("{owner}", victim.Name, StringComparison.Ordinal)
        .Replace("{server}", "lab", StringComparison.Ordinal)
        .Replace("{group}", victim.Group, StringComparison.Ordinal)
        .Replace("{token}", $"a{victim.Token}", StringComparison.Ordinal)
        .Replace("{*", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
