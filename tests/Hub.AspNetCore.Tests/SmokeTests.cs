namespace JupyterHub.AspNetCore.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Somebody_signs_in_and_gets_a_server()
    {
        await using var host = await HubHost.StartAsync();
        var ada = await host.SignInAsync("ada");
        using var home = await ada.GetAsync("/hub/home");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        await host.StartServerAsync("ada");
        var token = await host.Data.UserTokenAsync("ada");
        using var echo = await host.SendAsync("GET", "/user/ada/x", token);
        Assert.Equal("/user/ada/x", (string)(await echo.JsonAsync())["path"]!);
    }
}
