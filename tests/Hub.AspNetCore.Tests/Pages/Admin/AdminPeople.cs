using System.Net;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>People with chosen scopes at the pages of the administration.</summary>
internal static class AdminPeople
{
    public const string Markup = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'";

    /// <summary>Somebody new who holds these scopes besides their own, signed in.</summary>
    public static async Task<HubBrowser> PersonAsync(this HubHost host, params string[] scopes)
    {
        var name = $"p{Guid.NewGuid():N}";
        await host.Data.GrantAsync(name, scopes.Length == 0 ? ["(no_scope)"] : scopes);
        return await host.SignInAsync(name);
    }

    public static async Task<HttpStatusCode> StatusAsync(this HubBrowser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }

    public static async Task<string> TextAsync(this HubBrowser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Asks for a page as nobody allowed, with half of what it takes, and with all of it.</summary>
    public static async Task CheckPageAsync(this HubHost host, string path, string scope)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await (await host.PersonAsync()).StatusAsync(path));
        Assert.Equal(HttpStatusCode.Forbidden, await (await host.PersonAsync("admin-ui")).StatusAsync(path));
        Assert.Equal(HttpStatusCode.Forbidden, await (await host.PersonAsync(scope)).StatusAsync(path));
        Assert.Equal(HttpStatusCode.OK, await (await host.PersonAsync("admin-ui", scope)).StatusAsync(path));
    }

    /// <summary>Sends a form with half of what it takes, from another site, and with all of it.</summary>
    public static async Task CheckActionAsync(this HubHost host, string path, string scope, params (string Name, string Value)[] fields)
    {
        var both = await host.PersonAsync("admin-ui", scope);
        using var lacksScope = await (await host.PersonAsync("admin-ui")).SubmitAsync(path, fields);
        using var lacksPages = await (await host.PersonAsync(scope)).SubmitAsync(path, fields);
        using var foreign = await both.PostFormAsync(path, fields);
        using var allowed = await both.SubmitAsync(path, fields);
        Assert.Equal(HttpStatusCode.Forbidden, lacksScope.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, lacksPages.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, allowed.StatusCode);
    }

    public static void AssertPlain(string page)
    {
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }
}
