using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>What an authenticator leaves with a user: from the sign-in to the API and to the server (contract 17).</summary>
public sealed class AuthStateApiTests
{
    private const string OldKey = "0123456789abcdef0123456789abcdef";
    private const string NewKey = "fedcba9876543210fedcba9876543210";
    private const string Secret = "ticket-of-the-login-provider";

    [Fact]
    public async Task A_sign_in_leaves_it_encrypted_and_holders_of_the_scope_read_it()
    {
        var logs = new CapturedLogs();
        await using var host = await StartAsync(setup => setup.Logs = logs);
        await host.SignInAsync("ada");

        var stored = (await host.Data.UserAsync("ada")).EncryptedAuthState!;
        Assert.StartsWith("gAAAAA", System.Text.Encoding.ASCII.GetString(stored), StringComparison.Ordinal);
        var state = (await UserAsync(host, "admin:auth_state", "read:users"))["auth_state"]!;
        Assert.Equal(Secret, (string)state["ticket"]!);
        Assert.Equal("ada", (string)state["of"]!);
        Assert.False((await UserAsync(host, "read:users")).ContainsKey("auth_state"));
        using var self = await host.SendAsync("GET", "/hub/api/users/ada", await host.Data.UserTokenAsync("ada"));
        Assert.False(((JsonObject)await self.JsonAsync()).ContainsKey("auth_state"));
        using var list = await host.SendAsync("GET", "/hub/api/users", await TokenAsync(host, "list:users", "admin:auth_state"));
        Assert.All(JsonNode.Parse(await list.TextAsync())!.AsArray(), user => Assert.Null(user!["auth_state"]));
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_patch_replaces_it_and_shows_it()
    {
        await using var host = await StartAsync();
        await host.SignInAsync("ada");

        using var answer = await host.SendAsync("PATCH", "/hub/api/users/ada", await TokenAsync(host, "admin:users"), Json("""{"auth_state": {"new": [1, {"a": null}]}}"""));

        Assert.Equal("""{"new":[1,{"a":null}]}""", (await answer.JsonAsync())["auth_state"]!.ToJsonString());
        Assert.Equal("""{"new":[1,{"a":null}]}""", (await UserAsync(host, "admin:users"))["auth_state"]!.ToJsonString());
    }

    [Fact]
    public async Task While_it_is_off_nothing_is_kept_and_what_was_kept_goes()
    {
        await using var host = await StartAsync(isEnabled: false);
        await host.Data.UserAsync("ada");
        await host.Database.WriteAsync(
            async (db, token) => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
                Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsTracking(db.Users), user => user.Name == "ada", token)).EncryptedAuthState = [1, 2, 3],
            CancellationToken.None);

        await host.SignInAsync("ada");
        Assert.Null((await host.Data.UserAsync("ada")).EncryptedAuthState);
        using var answer = await host.SendAsync("PATCH", "/hub/api/users/ada", await TokenAsync(host, "admin:users"), Json("""{"auth_state": {"a": 1}}"""));

        Assert.Null((await answer.JsonAsync())["auth_state"]);
        Assert.Null((await host.Data.UserAsync("ada")).EncryptedAuthState);
    }

    [Fact]
    public async Task With_a_new_key_in_front_it_is_stored_again_and_without_the_old_one_it_is_gone()
    {
        using var data = new TestFolder();
        await using (var host = await StartAsync(folder: data, keys: OldKey))
        {
            await host.SignInAsync("ada");
        }

        byte[] renewed;
        await using (var host = await StartAsync(folder: data, keys: $"{NewKey};{OldKey}"))
        {
            var before = (await host.Data.UserAsync("ada")).EncryptedAuthState;
            Assert.Equal(Secret, (string)(await UserAsync(host, "admin:users"))["auth_state"]!["ticket"]!);
            renewed = (await host.Data.UserAsync("ada")).EncryptedAuthState!;
            Assert.NotEqual(before, renewed);
        }

        await using (var host = await StartAsync(folder: data, keys: NewKey))
        {
            Assert.Equal(Secret, (string)(await UserAsync(host, "admin:users"))["auth_state"]!["ticket"]!);
            Assert.Equal(renewed, (await host.Data.UserAsync("ada")).EncryptedAuthState);
        }

        var logs = new CapturedLogs();
        await using (var host = await StartAsync(setup => setup.Logs = logs, folder: data, keys: OldKey))
        {
            var model = await UserAsync(host, "admin:users");
            Assert.True(model.ContainsKey("auth_state"));
            Assert.Null(model["auth_state"]);
            Assert.Contains(logs.Lines, line => line.Text.Contains("What an authenticator left with ada (auth_state) cannot be decrypted", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_hook_gives_it_to_the_server_before_it_starts()
    {
        await using var host = await StartAsync(setup => setup.Spawner = simple =>
        {
            simple.Command = ["/bin/sh", "-c", "echo ticket=$TICKET; exit 5"];
            simple.AuthStateHook = (context, _) =>
            {
                context.Environment["TICKET"] = (string?)context.AuthState?["ticket"] ?? "none";
                return Task.CompletedTask;
            };
        });
        await host.SignInAsync("ada");

        var operation = await host.Get<ServerSupervisor>().StartAsync("ada", "", new ServerChoices(), CancellationToken.None);
        await operation.Completion.WaitAsync(Eventually.Deadline);

        Assert.Contains($"ticket={Secret}", await File.ReadAllTextAsync(Path.Combine(host.Folder, "data", "logs", "servers", "ada.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_throws_keeps_the_server_from_starting()
    {
        await using var host = await StartAsync(setup => setup.Spawner = simple => simple.AuthStateHook = (_, _) => throw new InvalidOperationException("no ticket"));
        await host.SignInAsync("ada");

        var operation = await host.Get<ServerSupervisor>().StartAsync("ada", "", new ServerChoices(), CancellationToken.None);

        Assert.NotNull(await operation.Completion.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task It_cannot_be_enabled_without_a_key()
    {
        var failure = await Assert.ThrowsAsync<HubStartupException>(() => HubHost.StartAsync(setup => setup.Authenticator = dummy => dummy.EnableAuthState = true));

        Assert.Contains("JUPYTERHUB_CRYPT_KEY or JupyterHub:CryptKey", failure.Message, StringComparison.Ordinal);
    }

    private static Task<HubHost> StartAsync(Action<HubSetup>? configure = null, bool isEnabled = true, TestFolder? folder = null, string keys = OldKey) => HubHost.StartAsync(setup =>
    {
        configure?.Invoke(setup);
        setup.Settings["Authenticator:Type"] = "tickets";
        setup.Settings["Authenticator:EnableAuthState"] = isEnabled ? "true" : "false";
        setup.Settings["CryptKey"] = keys;
        setup.Hub = hub => hub.DataDirectory = folder?.Path ?? hub.DataDirectory;
        setup.Builder = hub => hub.AddAuthenticator<TicketAuthenticator, AuthenticatorOptions>("tickets", options => options.AllowAll = true);
    });

    private static async Task<JsonObject> UserAsync(HubHost host, params string[] scopes)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/users/ada", await TokenAsync(host, scopes));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (JsonObject)await answer.JsonAsync();
    }

    private static Task<string> TokenAsync(HubHost host, params string[] scopes) => host.Data.ServiceTokenAsync($"asker-{Guid.NewGuid():N}", scopes);

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private sealed class TicketAuthenticator : IAuthenticator
    {
        public Task<AuthenticatedUser?> AuthenticateAsync(LoginForm form, CancellationToken cancellationToken) => Task.FromResult<AuthenticatedUser?>(
            new AuthenticatedUser(form.Username) { AuthState = new JsonObject { ["ticket"] = Secret, ["of"] = form.Username } });
    }
}
