using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>How declared roles, groups, services and scopes are read.</summary>
public sealed class DeclarationSettingsTests
{
    public static TheoryData<string, string> Bad => new()
    {
        // Roles.
        { "\"LoadRoles\": { }", "JupyterHub:LoadRoles must be a list, but is an object" },
        { "\"LoadRoles\": [ \"reader\" ]", "JupyterHub:LoadRoles:0 must be an object, but is a text" },
        { "\"LoadRoles\": [ { } ]", "JupyterHub:LoadRoles:0:Name must be 3 to 255 of a-z, 0-9, '-', '_', '~' and '.', beginning with a letter and ending with a letter or digit" },
        { "\"LoadRoles\": [ { \"Name\": \"Reader\" } ]", "JupyterHub:LoadRoles:0:Name must be 3 to 255 of a-z, 0-9, '-', '_', '~' and '.', beginning with a letter and ending with a letter or digit" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\" }, { \"Name\": \"reader\" } ]", "JupyterHub:LoadRoles:1:Name declares the role \"reader\" again; declare it in one place" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Scope\": [] } ]", "JupyterHub:LoadRoles:0:Scope is not a known setting; did you mean Scopes?" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\", \"read:user\"] } ]", "JupyterHub:LoadRoles:0:Scopes:1 cannot be used: Scope 'read:user' does not exist" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:users!team=x\"] } ]", "JupyterHub:LoadRoles:0:Scopes:0 cannot be used: Scope filter" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": \"read:hub\" } ]", "JupyterHub:LoadRoles:0:Scopes must be a list of texts, but is a text" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Users\": [\"\"] } ]", "JupyterHub:LoadRoles:0:Users:0 must be a name of at most 255 characters" },
        { "\"LoadRoles\": [ { \"Name\": \"reader\", \"Services\": [null] } ]", "JupyterHub:LoadRoles:0:Services:0 must be a text, but is null" },
        { "\"ExtraUserScopes\": [\"nothing\"]", "JupyterHub:ExtraUserScopes:0 cannot be used: Scope 'nothing' does not exist" },

        // Groups.
        { "\"LoadGroups\": [ \"physics\" ]", "JupyterHub:LoadGroups must be an object, but is a list" },
        { "\"LoadGroups\": { \"physics\": \"ada\" }", "JupyterHub:LoadGroups:physics must be an object, but is a text" },
        { "\"LoadGroups\": { \"physics\": [ 1 ] }", "JupyterHub:LoadGroups:physics:Users:0 must be a text, but is a number" },
        { "\"LoadGroups\": { \"physics\": { \"User\": [] } }", "JupyterHub:LoadGroups:physics:User is not a known setting; did you mean Users?" },
        { "\"LoadGroups\": { \"physics\": { \"Properties\": [] } }", "JupyterHub:LoadGroups:physics:Properties must be an object, but is a list" },
        { "\"LoadGroups\": { \"\": [] }", "JupyterHub:LoadGroups: must have a name of at most 255 characters" },
        { "\"LoadGroups\": { \"a\": [], \"a\": [] }", "JupyterHub:LoadGroups:a is given twice" },

        // Scopes.
        { "\"CustomScopes\": { \"grades\": { \"Description\": \"x\" } }", "JupyterHub:CustomScopes:grades is no scope to declare: The custom scope 'grades' must begin with 'custom:'" },
        { "\"CustomScopes\": { \"custom:grades\": { } }", "JupyterHub:CustomScopes:custom:grades is no scope to declare: The custom scope 'custom:grades' needs a description" },
        { "\"CustomScopes\": { \"custom:grades\": { \"Description\": \"x\", \"Subscopes\": [\"read:hub\"] } }", "JupyterHub:CustomScopes:custom:grades is no scope to declare: The custom scope 'custom:grades' cannot imply 'read:hub'" },
        { "\"CustomScopes\": { \"custom:grades\": { \"Description\": \"x\", \"Subscope\": [] } }", "JupyterHub:CustomScopes:custom:grades:Subscope is not a known setting; did you mean Subscopes?" },

        // Services.
        { "\"Services\": [ { } ]", "JupyterHub:Services:0:Name must be a name of at most 255 characters, without / and without spaces at its ends" },
        { "\"Services\": [ { \"Name\": \"a/b\" } ]", "JupyterHub:Services:0:Name must be a name of at most 255 characters, without / and without spaces at its ends" },
        { "\"Services\": [ { \"Name\": \"one\" }, { \"Name\": \"one\" } ]", "JupyterHub:Services:1:Name declares the service \"one\" again" },
        { "\"Services\": [ { \"Name\": \"one\", \"Command\": [\"\"] } ]", "JupyterHub:Services:0:Command must begin with the name of a program and must not contain null characters" },
        { "\"Services\": [ { \"Name\": \"one\", \"Command\": \"python3\" } ]", "JupyterHub:Services:0:Command must be a list of texts, but is a text" },
        { "\"Services\": [ { \"Name\": \"one\", \"Url\": \"http://127.0.0.1:0\" } ]", "JupyterHub:Services:0:Url must name a port: only that of a service with a Command can be chosen by the hub" },
        { "\"Services\": [ { \"Name\": \"one\", \"Environment\": { \"A=B\": \"1\" } } ]", "JupyterHub:Services:0:Environment:A=B is no environment variable" },
        { "\"ServiceCheckInterval\": -1", "JupyterHub:ServiceCheckInterval must be between 0 and 4000000, but is -1" },
        { "\"Services\": [ { \"Name\": \"one\", \"Token\": \"x\" } ]", "JupyterHub:Services:0:Token is not a known setting" },
        { "\"Services\": [ { \"Name\": \"one\", \"ApiToken\": \"secret1\" } ]", "JupyterHub:Services:0:ApiToken must have 8 to 1024 characters, but has 7" },
        { "\"Services\": [ { \"Name\": \"one\", \"ApiToken\": \"two words\" } ]", "JupyterHub:Services:0:ApiToken must not contain spaces" },
        { "\"Services\": [ { \"Name\": \"one\", \"ApiToken\": 12345678 } ]", "JupyterHub:Services:0:ApiToken must be a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }, but is a number" },
        { "\"Services\": [ { \"Name\": \"one\", \"ApiToken\": \"same-token\" }, { \"Name\": \"two\", \"ApiToken\": \"same-token\" } ]", "JupyterHub:Services:1:ApiToken is the token of the service \"one\", too; give each service one of its own" },
        { "\"Services\": [ { \"Name\": \"one\", \"Url\": \"127.0.0.1:1\" } ]", "JupyterHub:Services:0:Url must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthClientId\": \"mine\", \"OauthRedirectUri\": \"/x\" } ]", "JupyterHub:Services:0:OauthClientId must begin with service- and have at most 255 characters" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthNoConfirm\": true } ]", "JupyterHub:Services:0:OauthRedirectUri must be given, because the service has other OAuth settings and no URL" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthRedirectUri\": \"//evil.example\" } ]", "JupyterHub:Services:0:OauthRedirectUri must be a path that starts with one / or an absolute URL" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthRedirectUri\": \"/a\" }, { \"Name\": \"two\", \"OauthRedirectUri\": \"/b\", \"OauthClientId\": \"service-one\" } ]", "JupyterHub:Services:1:OauthClientId is the OAuth client \"service-one\" of another service" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthClientAllowedScopes\": [\"everything\"] } ]", "JupyterHub:Services:0:OauthClientAllowedScopes:0 cannot be used: Scope 'everything' does not exist" },
        { "\"Services\": [ { \"Name\": \"one\", \"OauthRoles\": [\"user\", \"reader\"] } ]", "JupyterHub:Services:0:OauthRoles:1 names the role \"reader\", which is not declared" },
        { "\"Services\": [ { \"Name\": \"one\", \"Environment\": { \"A\": 1 } } ]", "JupyterHub:Services:0:Environment:A must be a text, but is a number" },
        { "\"Services\": [ { \"Name\": \"one\", \"Timeout\": -1 } ]", "JupyterHub:Services:0:Timeout must be at least 0, but is -1" },

        // Numbers.
        { "\"ApiPageMaxLimit\": 0", "JupyterHub:ApiPageMaxLimit must be between 1 and 10000, but is 0" },
        { "\"ApiPageDefaultLimit\": -5", "JupyterHub:ApiPageDefaultLimit must be between 1 and 10000, but is -5" },
        { "\"NamedServerLimitPerUser\": -1", "JupyterHub:NamedServerLimitPerUser must be at least 0, but is -1" },
        { "\"TokenExpiresInMaxSeconds\": -1", "JupyterHub:TokenExpiresInMaxSeconds must be at least 0, but is -1" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_declaration_stops_the_start_with_one_line(string content, string line)
    {
        using var host = new HostSetup();
        var file = host.AddSection(content);

        var found = host.ReadError();

        Assert.StartsWith(line, found, StringComparison.Ordinal);
        Assert.EndsWith($" (in {file}).", found, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", found, StringComparison.Ordinal);
        Assert.DoesNotContain("same-token", found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_is_not_an_absent_one()
    {
        using var host = new HostSetup();
        host.AddSection("\"LoadRoles\": [ { \"Name\": \"reader\", \"Users\": [], \"Groups\": null, \"Scopes\": [\"read:hub\"] } ]");

        var role = Assert.Single(host.Read().Hub.LoadRoles);

        Assert.Empty(role.Users!);
        Assert.Null(role.Groups);
        Assert.Null(role.Services);
        Assert.Null(role.Description);
    }

    [Fact]
    public void A_source_of_flat_keys_declares_roles_too()
    {
        using var host = new HostSetup();
        host.AddKeys(
            ("LoadRoles:0:Name", "reader"), ("LoadRoles:0:Scopes:0", "read:hub"), ("LoadRoles:0:Users", ""),
            ("LoadGroups:physics:0", "ada"), ("LoadGroups:physics:1", "grace"), ("LoadGroups:staff:Users:0", "ada"));

        var hub = host.Read().Hub;

        Assert.Empty(Assert.Single(hub.LoadRoles).Users!);
        Assert.Equal(["ada", "grace"], hub.LoadGroups["physics"].Users);
        Assert.Equal(["ada"], hub.LoadGroups["staff"].Users);
    }

    [Fact]
    public void A_later_source_replaces_lists_and_objects_of_objects_whole()
    {
        using var host = new HostSetup();
        host.AddSection("\"LoadRoles\": [ { \"Name\": \"first\", \"Users\": [\"ada\"] } ], \"LoadGroups\": { \"physics\": [\"ada\"] }, \"Services\": [ { \"Name\": \"one\" } ]");
        host.AddSection("\"LoadRoles\": [ { \"Name\": \"second\" } ], \"LoadGroups\": { \"staff\": [] }, \"Services\": []");

        var hub = host.Read().Hub;

        Assert.Equal("second", Assert.Single(hub.LoadRoles).Name);
        Assert.Null(hub.LoadRoles[0].Users);
        Assert.Equal(["staff"], hub.LoadGroups.Keys);
        Assert.Empty(hub.Services);
    }

    [Fact]
    public void A_secret_and_a_folder_of_a_service_come_from_where_the_file_stands()
    {
        using var host = new HostSetup();
        var folder = Path.GetDirectoryName(host.AddSection("\"Services\": [ { \"Name\": \"one\", \"ApiToken\": { \"File\": \"one.token\" }, \"Cwd\": \"work\" } ]"))!;
        File.WriteAllText(Path.Combine(folder, "one.token"), "token-of-one\n");

        var service = Assert.Single(host.Read().Hub.Services);

        Assert.Equal("token-of-one", service.ApiToken!.Reveal());
        Assert.Equal(Path.Combine(folder, "work"), service.Cwd);
    }

    [Fact]
    public void Code_declares_and_the_configuration_replaces()
    {
        var code = ReadWithCode("{ }");
        Assert.Equal(["reader", "grader"], code.LoadRoles.Select(role => role.Name));
        Assert.Equal(["read:hub", "list:users"], code.LoadRoles[0].Scopes!);
        Assert.Equal(["cull"], code.LoadRoles[0].Services!);
        Assert.Empty(code.LoadRoles[0].Users!);
        Assert.Null(code.LoadRoles[0].Groups);
        Assert.Equal(["ada"], code.LoadGroups["physics"].Users);
        Assert.Equal("token-of-cull", Assert.Single(code.Services).ApiToken!.Reveal());
        Assert.Equal(["custom:grades:read"], code.CustomScopes["custom:grades:write"].Subscopes);

        var both = ReadWithCode("""{ "JupyterHub": { "LoadRoles": [ { "Name": "other" } ] } }""");
        Assert.Equal(["other"], both.LoadRoles.Select(role => role.Name));
        Assert.Equal(["physics"], both.LoadGroups.Keys);
    }

    private static JupyterHubOptions ReadWithCode(string json)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Build());
        services.AddHubCore()
            .AddCustomScope("custom:grades:write", "Enter grades", "custom:grades:read")
            .AddCustomScope("custom:grades:read", "Read grades")
            .AddRole("reader", role => role.Scopes("read:hub").Services("cull").Users())
            .AddRole("reader", role => role.Scopes("list:users"))
            .AddRole("grader", role => role.Description("Grades").Scopes("custom:grades:write").Groups("staff"))
            .AddGroup("physics", group => group.Users.Add("ada"))
            .AddHubService("cull", cull => cull.ApiToken = new HubSecret("token-of-cull"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<JupyterHubOptions>();
    }
}
