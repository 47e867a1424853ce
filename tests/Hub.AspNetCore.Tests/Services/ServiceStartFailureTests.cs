using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Services;

/// <summary>A managed service that cannot be started keeps the hub from starting, with one line that says why (contract 16).</summary>
public sealed class ServiceStartFailureTests
{
    public static TheoryData<string, Action<ServiceDeclaration>, string> Broken => new()
    {
        { "program", service => service.Command = ["no-such-program-at-all"], "Its program `no-such-program-at-all` was not found, or is not executable." },
        { "folder", service => service.Cwd = "/no/such/folder", "Its working folder /no/such/folder (Cwd) does not exist." },
        { "user", service => service.User = "no-such-user", "There is no system user no-such-user (User)." },
        { "end", service => (service.Command, service.ApiToken) = (["/bin/sh", "-c", "echo out of luck $JUPYTERHUB_API_TOKEN; exit 7"], new HubSecret("secret-token")), "It ended with status 7. Last lines: out of luck …" },
        { "silence", service => (service.Command, service.Timeout) = (["/bin/sleep", "600"], 1), "within 1 seconds (Timeout)." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task The_hub_does_not_start(string what, Action<ServiceDeclaration> breakIt, string reason)
    {
        Assert.NotEmpty(what);
        using var data = new TestFolder();

        var failure = await Assert.ThrowsAsync<HubStartupException>(() => ManagedHub.StartAsync(breakIt, setup: hub => hub.Hub = options => options.DataDirectory = data.Path));

        Assert.StartsWith("The service tell (JupyterHub:Services:0) cannot be started: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(data.Combine("services")) ? Directory.EnumerateFiles(data.Combine("services")) : []);
    }
}
