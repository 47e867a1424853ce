namespace JupyterHub.Cli.Tests;

public sealed class HubCommandTests
{
    [Fact]
    public async Task Version_is_our_own_and_that_of_the_contract()
    {
        var result = await HubTool.RunAsync("--version");

        Assert.Matches(@"^hub \d+\.\d+\.\d+\S* \(JupyterHub 6\.0\.0\)\n$", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Help_calls_the_command_by_its_name()
    {
        var result = await HubTool.RunAsync("password", "--help");

        Assert.Contains("hub password [<kind>] [options]", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("hub: Required command was not provided. See hub --help")]
    [InlineData("hub: Required command was not provided. See hub --help", "passwrod")]
    [InlineData("hub: password takes admin or user and options, never a password itself; see hub password --help", "password", "tr0ub4dor-and-3")]
    [InlineData("hub: password takes admin or user and options, never a password itself; see hub password --help", "password", "user", "tr0ub4dor-and-3")]
    [InlineData("hub: password takes admin or user and options, never a password itself; see hub password --help", "password", "--password", "tr0ub4dor-and-3")]
    [InlineData("hub: password takes admin or user and options, never a password itself; see hub password --help", "password", "--config")]
    public async Task What_is_not_understood_is_one_line_and_exit_code_2(string line, params string[] arguments)
    {
        var result = await HubTool.RunAsync(arguments);

        Assert.Equal((2, "", line + "\n"), (result.ExitCode, result.Output, result.Error));
    }
}
