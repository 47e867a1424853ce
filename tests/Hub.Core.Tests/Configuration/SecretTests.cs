using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Secrets come in clear, from a file or from the environment, and no message repeats one.</summary>
public sealed class SecretTests
{
    private const string Secret = "tr0ub4dor-and-3";

    [Fact]
    public void A_secret_file_is_relative_to_the_file_that_names_it()
    {
        using var host = Keyed();
        var file = host.AddSection(""" "Authenticator": { "Password": { "File": "secrets/pw" } } """);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(file)!, "secrets"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, "secrets", "pw"), Secret + "\n");

        Assert.Equal(Secret, Password(host));
    }

    [Fact]
    public void A_secret_file_named_elsewhere_is_relative_to_the_content_root()
    {
        using var host = Keyed();
        File.WriteAllText(Path.Combine(host.ContentRoot, "pw"), Secret + "\r\n");
        host.AddKeys(("Authenticator:Password:File", "pw"));

        Assert.Equal(Secret, Password(host));
    }

    [Fact]
    public void A_secret_may_stand_in_the_environment()
    {
        var name = $"T{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, Secret);
        using var host = Keyed();
        host.AddSection($$""" "Authenticator": { "Password": { "environment": "{{name}}" } } """);

        Assert.Equal(Secret, Password(host));
    }

    [Theory]
    [InlineData("12345", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }, but is a number")]
    [InlineData("[\"" + Secret + "\"]", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }, but is a list")]
    [InlineData("{ \"" + Secret + "\": \"x\" }", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }")]
    [InlineData("{ \"File\": 1 }", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }")]
    [InlineData("{ \"File\": \"a\", \"Environment\": \"" + Secret + "\" }", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }, but is an object")]
    [InlineData("{ }", "must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }, but is an object")]
    [InlineData("{ \"Environment\": \"HUB_TEST_NOT_SET\" }", "names the environment variable \"HUB_TEST_NOT_SET\", which is not set")]
    [InlineData("{ \"File\": \"a\\u0000b\" }", "names a file that cannot be")]
    [InlineData("{ \"File\": \"/nowhere/pw\" }", "names the file \"/nowhere/pw\", which cannot be read")]
    [InlineData("\"\"", "is empty; leave it out instead")]
    public void A_bad_secret_stops_the_start_without_being_repeated(string json, string problem)
    {
        using var host = Keyed();
        var file = host.AddSection($$""" "Authenticator": { "Password": {{json}} } """);

        var error = host.ReadError();

        Assert.Equal($"JupyterHub:Authenticator:Password {problem} (in {file}).", error);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "CookieSecret": "tr0ub4dor-and-3" """)]
    [InlineData(""" "CookieSecret": ["tr0ub4dor-and-3"] """)]
    [InlineData(""" "Authenticator": { "Passwrd": "tr0ub4dor-and-3" } """)]
    [InlineData(""" "Authenticator": { "AdminPassword": "tr0ub4dor-and-3" } """)]
    [InlineData(""" "Database": { "ConnectionString": ["Password=tr0ub4dor-and-3"] } """)]
    [InlineData(""" "Spawner": { "Environment": { "API_KEY": ["tr0ub4dor-and-3"] } } """)]
    [InlineData(""" "Spawner": { "Environment": { "API_KEY": "tr0ub4dor-and-3\u0000" } } """)]
    [InlineData(""" "Headers": { "X-Key": "tr0ub4dor-and-3\n" } """)]
    [InlineData(""" "PublicUrl": "https://me:tr0ub4dor-and-3@example.org" """)]
    [InlineData(""" "PublicUrl": "me:tr0ub4dor-and-3@example.org" """)]
    [InlineData(""" "tr": 1, "Services": [ { "ApiToken": "tr0ub4dor-and-3" } ] """)]
    public void No_message_repeats_a_value_that_may_be_secret(string content)
    {
        using var host = Keyed();
        host.AddSection(content);

        Assert.DoesNotContain(Secret, host.ReadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_file_of_absurd_length_is_refused()
    {
        using var host = Keyed();
        File.WriteAllText(Path.Combine(host.ContentRoot, "pw"), new string('x', 70_000));
        host.AddKeys(("Authenticator:Password:File", "pw"));

        Assert.Contains("which is too long for a secret", host.ReadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_read_no_secret_and_leave_components_alone()
    {
        using var host = new HostSetup();
        host.AddSection(""" "CookieSecret": { "File": "/nowhere/secret" }, "ActiveServerLimit": 3, "Spawner": { "Type": "unheard-of", "Whatever": 1 } """);

        var hub = host.Reader(readsSecrets: false).ReadHubOnly(null).Hub;

        Assert.Null(hub.CookieSecret);
        Assert.Equal(3, hub.ActiveServerLimit);
    }

    private static HostSetup Keyed()
    {
        var host = new HostSetup();
        host.Authenticators.Add("keyed", typeof(KeyedAuthenticator), typeof(KeyedAuthenticatorOptions), null);
        return host;
    }

    private static string? Password(HostSetup host) => ((KeyedAuthenticatorOptions)host.ReadAuthenticator()).Password?.Reveal();
}
