using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>The checks of the fuzz test find what they are there to find.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData(LogLevel.Information, "all is well", false)]
    [InlineData(LogLevel.Error, "all is not well", true)]
    [InlineData(LogLevel.Information, "two\nlines", true)]
    [InlineData(LogLevel.Information, "the token is hidden-value", true)]
    [InlineData(LogLevel.Information, "long", true)]
    public void Lines_of_the_log_are_looked_at(LogLevel level, string text, bool isFault)
    {
        using var logs = new FuzzLogs();
        logs.CreateLogger("JupyterHub.Test").Log(level, default, text == "long" ? new string('x', 10_000) : text, null, (state, _) => state);
        Assert.Equal(isFault, logs.Faults(["hidden-value"]).Any());
    }

    [Fact]
    public async Task Orphans_are_found()
    {
        await using var host = await HubHost.StartAsync();
        Assert.Empty(await DatabaseCheck.FaultsAsync(host));
        await host.Data.AddAsync(new HubToken { Hashed = "sha512:1:x:y", Prefix = "none", ClientId = OAuthClient.HubIdentifier });
        await host.Data.AddAsync(new OAuthClient { Identifier = "jupyterhub-user-nobody", Description = "", Secret = "", RedirectUri = "" });
        Assert.Equal(2, (await DatabaseCheck.FaultsAsync(host)).Count);
    }
}
