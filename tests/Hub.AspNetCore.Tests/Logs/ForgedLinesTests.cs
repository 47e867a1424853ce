using JupyterHub.AspNetCore.Tests.Fixtures;

namespace JupyterHub.AspNetCore.Tests.Logs;

/// <summary>Names are chosen by strangers: none of them may imitate a line of the log.</summary>
public sealed class ForgedLinesTests
{
    [Fact]
    public async Task A_name_with_line_breaks_forges_no_line_of_the_log()
    {
        const string Name = "eve\n6001 User signed in: admin";
        var logs = new CapturedLogs();
        await using var hub = await HubHost.StartAsync(setup => setup.Logs = logs);
        var browser = await hub.SignInAsync(Name);
        using var answer = await browser.GetAsync("/hub/logout");

        Assert.Contains(logs.Lines, line => line.Text.Contains("eve", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains(Name, StringComparison.Ordinal));
    }
}
