using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Names, notes and whatever else people or authenticators chose are shown as text, on every page of the administration.</summary>
public sealed partial class AdminMarkupTests : IAsyncLifetime
{
    private HubHost host = null!;

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)<\\script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)", "javascript:alert(1)",
        "<svg onload=alert(1)>", "{{7*7}}<!--", "&lt;script&gt;", "{0} {1} {2}", "\u202Eevil\u202C", "a\u0000b".Replace("\u0000", "", StringComparison.Ordinal) + "<iframe srcdoc=x>",
    ];

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_text_stays_text(string text)
    {
        var user = await host.Data.AddAsync(new HubUser { Name = text, CookieId = HubUser.NewCookieId(), UserInfo = new JsonObject { [text] = text }, Created = DateTime.UtcNow });
        var group = await host.Data.AddAsync(new HubGroup { Name = text });
        await host.Data.AddAsync(new UserGroup { GroupId = group.Id, UserId = user.Id });
        await host.Data.AddAsync(new HubSpawner { UserId = user.Id, Name = "lab", DisplayName = text });
        await host.Data.AddAsync(new HubSpawner { UserId = user.Id, Name = text });
        await host.Data.TokenAsync(new NewToken { UserId = user.Id, Note = text, Scopes = [text, text + "2", text + "3"] });
        var browser = await host.SignInAsync("root");
        var url = $"/hub/admin/users/{Core.Addressing.PathNames.Escape(text)}";
        var token = (await host.Data.ListAsync<HubToken>()).Single(row => row.UserId == user.Id);
        foreach (var target in new[] { "/hub/admin", $"/hub/admin?search={Uri.EscapeDataString(text)}", url, $"{url}/edit", $"/hub/admin/tokens?note={Uri.EscapeDataString(text)}", "/hub/admin/tokens" })
        {
            using var answer = await browser.GetAsync(target);
            CheckPage(await answer.TextAsync(), target);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        foreach (var target in new[] { $"{url}/delete", $"{url}/sign-out", $"{url}/servers/lab/delete", $"/hub/admin/tokens/a{token.Id}/revoke" })
        {
            using var answer = await browser.SubmitAsync(target);
            CheckPage(await answer.TextAsync(), target);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var added = await browser.SubmitAsync("/hub/admin/add-users", ("names", text + "/"));
        CheckPage(await added.TextAsync(), "add");
        using var edited = await browser.SubmitAsync($"{url}/edit", ("name", text + "/"));
        CheckPage(await edited.TextAsync(), "edit");
        Assert.Equal(HttpStatusCode.BadRequest, edited.StatusCode);
    }

    private static void CheckPage(string page, string target)
    {
        var bare = Values().Replace(page, "\"\"");
        Assert.False(Handler().IsMatch(bare), $"{target}: {page}");
        Assert.DoesNotMatch(ScriptLink(), page);
        Assert.DoesNotMatch("(?i)<(script>|img src=x|svg onload|iframe)", page);
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Values();

    [GeneratedRegex("""<[^>]*\son\w+\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("""(href|src|action|formaction)\s*=\s*["']?\s*(javascript|data|vbscript):""", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptLink();
}
