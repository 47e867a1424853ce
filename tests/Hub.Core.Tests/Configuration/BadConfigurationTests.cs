using System.Globalization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Each bad configuration stops the start with one line that names the key, says what is wrong and where it stands.</summary>
public sealed class BadConfigurationTests
{
    /// <summary>Content of the hub's section in a file, and the line without the file.</summary>
    public static TheoryData<string, string> InFile => new()
    {
        // Names.
        { "\"AlowNamedServers\": true", "JupyterHub:AlowNamedServers is not a known setting; did you mean AllowNamedServers?" },
        { "\"bind_url\": \"http://127.0.0.1\"", "JupyterHub:bind_url is not a known setting; did you mean BindUrl?" },
        { "\"Qwertyuiop\": 1", "JupyterHub:Qwertyuiop is not a known setting" },
        { "\"MemLimit\": \"2G\"", "JupyterHub:MemLimit is not a known setting; did you mean JupyterHub:Spawner:MemLimit?" },
        { "\"Spawner:Port\": 1", "JupyterHub:Spawner:Port is not a known setting; write sections as nested objects" },
        { "\"Spawner\": { \"StratTimeout\": 1 }", "JupyterHub:Spawner:StratTimeout is not a known setting; did you mean StartTimeout?" },
        { "\"Database\": { \"Connection\": \"x\" }", "JupyterHub:Database:Connection is not a known setting" },
        { "\"two\\nlines\\u2028\": 1", "JupyterHub:two?lines? is not a known setting" },
        { "\"ImplicitSpawnSeconds\": 1", "JupyterHub:ImplicitSpawnSeconds is known, but this version does not serve it yet" },
        { "\"Spawner\": { \"GroupOverrides\": { } }", "JupyterHub:Spawner:GroupOverrides is known, but this version does not serve it yet" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\", \"Kind\": \"integr\" }] }", "JupyterHub:Spawner:Options:0:Kind must be one of Text, Integer, Number, Boolean, Choice, but is \"integr\"" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\", \"Minimun\": 1 }] }", "JupyterHub:Spawner:Options:0:Minimun is not a known setting; did you mean Minimum?" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\" }, { \"Name\": \"a\" }] }", "JupyterHub:Spawner:Options:1:Name declares an option again" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\", \"Kind\": \"integer\", \"Minimum\": 2, \"Maximum\": 1 }] }", "JupyterHub:Spawner:Options:0:Minimum must not be more than Maximum" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\", \"Kind\": \"choice\", \"Choices\": [{ \"Value\": \"x\" }, { \"Value\": \"x\" }] }] }", "JupyterHub:Spawner:Options:0:Choices:1:Value is given twice" },
        { "\"Spawner\": { \"Options\": [{ \"Name\": \"a\", \"Default\": 5 }] }", "JupyterHub:Spawner:Options:0:Default is not a value of the option. Allowed is one line of text, 1000 characters at most" },
        { "\"Spawner\": { \"OptionsForm\": \"x\", \"OptionsView\": \"y\" }", "JupyterHub:Spawner:OptionsView and JupyterHub:Spawner:OptionsForm cannot both be given" },
        { "\"Authenticator\": { \"RefreshPreSpawn\": true }", "JupyterHub:Authenticator:RefreshPreSpawn is known, but this version does not serve it yet" },
        { "\"Proxy\": { \"ShouldStart\": true }", "JupyterHub:Proxy:ShouldStart is known, but this version does not serve it yet" },
        { "\"Spawners\": { \"a\": { } }", "JupyterHub:Spawners is known, but this version does not serve it yet" },

        // Given twice.
        { "\"BaseUrl\": \"/a\", \"baseurl\": \"/a\"", "JupyterHub:baseurl is given twice" },
        { "\"Spawner\": { }, \"Spawner\": { }", "JupyterHub:Spawner is given twice" },
        { "\"Spawner\": { \"Type\": \"plain\", \"type\": \"plain\" }", "JupyterHub:Spawner:type is given twice" },
        { "\"AllowAll\": true, \"AllowAll\": true", "JupyterHub:AllowAll is given twice" },
        { "\"Spawner\": { \"Environment\": { \"A\": \"1\", \"A\": \"2\" } }", "JupyterHub:Spawner:Environment:A is given twice" },
        { "\"Headers\": { \"X-A\": \"1\", \"x-a\": \"2\" }", "JupyterHub:Headers:x-a is given twice" },

        // Impossible together.
        { "\"Spawner\": { \"Cmd\": [\"a\"], \"Command\": [\"a\"] }", "JupyterHub:Spawner:Command is another name of Cmd; give only one of them" },
        { "\"Spawner\": { }, \"Spawners\": { }", "JupyterHub:Spawners and JupyterHub:Spawner cannot both be given" },
        { "\"Authenticator\": { }, \"Authenticators\": { }", "JupyterHub:Authenticators and JupyterHub:Authenticator cannot both be given" },
        { "\"AllowAll\": true, \"Authenticator\": { \"AllowAll\": true }", "JupyterHub:AllowAll is a shorthand for JupyterHub:Authenticator:AllowAll; give only one of them" },
        { "\"BindUrl\": \"http://127.0.0.1:1/a/\", \"BaseUrl\": \"/b/\"", "JupyterHub:BaseUrl is /b/, but JupyterHub:BindUrl has the path /a/; give the path in one of them" },
        { "\"Spawner\": { \"MemLimit\": \"1G\", \"MemGuarantee\": \"2G\" }", "JupyterHub:Spawner:MemGuarantee must not be more than JupyterHub:Spawner:MemLimit" },
        { "\"Spawner\": { \"CpuLimit\": 1, \"CpuGuarantee\": 1.5 }", "JupyterHub:Spawner:CpuGuarantee must not be more than JupyterHub:Spawner:CpuLimit" },

        // Cookies that browsers would drop.
        { "\"CookieOptions\": { \"HttpOnly\": false }", "JupyterHub:CookieOptions:HttpOnly is not a known setting" },
        { "\"CookieOptions\": { \"SameSite\": \"lax-ish\" }", "JupyterHub:CookieOptions:SameSite must be one of Lax, Strict, None, but is \"lax-ish\"" },
        { "\"CookieOptions\": { \"SameSite\": \"None\" }", "JupyterHub:CookieOptions:SameSite can be None over HTTPS only: set CookieOptions:Secure, or a PublicUrl with https" },
        { "\"CookieOptions\": { \"SameSite\": \"None\", \"Secure\": false }, \"PublicUrl\": \"https://a.example\"", "JupyterHub:CookieOptions:SameSite can be None over HTTPS only: set CookieOptions:Secure, or a PublicUrl with https" },
        { "\"CookieOptions\": { \"Secure\": true }, \"PublicUrl\": \"http://a.example\"", "JupyterHub:CookieOptions:Secure cannot be true where PublicUrl says http: browsers would keep no cookie" },
        { "\"CookieOptions\": { \"Domain\": \"example\" }", "JupyterHub:CookieOptions:Domain must be a domain such as example.org" },
        { "\"CookieOptions\": { \"Domain\": \"10.0.0.1\" }", "JupyterHub:CookieOptions:Domain must be a domain such as example.org" },
        { "\"CookieOptions\": { \"Domain\": \"a.example; x\" }", "JupyterHub:CookieOptions:Domain must be a domain such as example.org" },
        { "\"CookieOptions\": { \"Domain\": \"b.example\" }, \"PublicUrl\": \"https://hub.a.example\"", "JupyterHub:CookieOptions:Domain must be the host of PublicUrl or a domain above it: browsers refuse others" },
        { "\"CookieOptions\": { \"Path\": \"/other/\" }", "JupyterHub:CookieOptions:Path must be / or another path above /, with a slash at both ends" },
        { "\"CookieOptions\": { \"Path\": \"/a\" }, \"BaseUrl\": \"/a/b/\"", "JupyterHub:CookieOptions:Path must be / or another path above /a/b/, with a slash at both ends" },
        { "\"CookieOptions\": { \"ExpiresDays\": -1 }", "JupyterHub:CookieOptions:ExpiresDays must be between 0 and 400, but is -1" },
        { "\"CookieHostPrefixEnabled\": true, \"CookieOptions\": { \"Domain\": \"a.example\" }", "JupyterHub:CookieHostPrefixEnabled cannot be combined with CookieOptions:Domain: such cookies belong to one host" },
        { "\"CookieHostPrefixEnabled\": true, \"BaseUrl\": \"/a/b/\", \"CookieOptions\": { \"Path\": \"/a/\" }", "JupyterHub:CookieHostPrefixEnabled cannot be combined with CookieOptions:Path: such cookies have the path /" },
        { "\"CookieHostPrefixEnabled\": true, \"CookieOptions\": { \"Secure\": false }", "JupyterHub:CookieHostPrefixEnabled needs HTTPS: browsers keep such cookies only if they are Secure" },
        { "\"CookieHostPrefixEnabled\": true, \"PublicUrl\": \"http://a.example\"", "JupyterHub:CookieHostPrefixEnabled needs HTTPS: browsers keep such cookies only if they are Secure" },

        // Types.
        { "\"BaseUrl\": 1", "JupyterHub:BaseUrl must be a text, but is a number" },
        { "\"BaseUrl\": [\"/\"]", "JupyterHub:BaseUrl must be a text, but is a list" },
        { "\"CleanupServers\": \"yes\"", "JupyterHub:CleanupServers must be true or false, but is \"yes\"" },
        { "\"CleanupServers\": 1", "JupyterHub:CleanupServers must be true or false, but is \"1\"" },
        { "\"CleanupServers\": null", "JupyterHub:CleanupServers must be true or false, but is null" },
        { "\"ActiveServerLimit\": 1.5", "JupyterHub:ActiveServerLimit must be a whole number, but is \"1.5\"" },
        { "\"ActiveServerLimit\": \"5\"", "JupyterHub:ActiveServerLimit must be a whole number, but is \"5\"" },
        { "\"ActiveServerLimit\": 3000000000", "JupyterHub:ActiveServerLimit must be a whole number, but is \"3000000000\"" },
        { "\"ActiveServerLimit\": true", "JupyterHub:ActiveServerLimit must be a whole number, but is true" },
        { "\"SlowSpawnTimeout\": \"soon\"", "JupyterHub:SlowSpawnTimeout must be a number, but is \"soon\"" },
        { "\"SlowSpawnTimeout\": 1e999", "JupyterHub:SlowSpawnTimeout must be a number, but is \"1e999\"" },
        { "\"Spawner\": { \"MemLimit\": \"2X\" }", "JupyterHub:Spawner:MemLimit must be a size such as 1073741824, \"512M\" or \"2G\", but is \"2X\"" },
        { "\"Spawner\": { \"MemLimit\": \"-1G\" }", "JupyterHub:Spawner:MemLimit must be a size such as 1073741824, \"512M\" or \"2G\", but is \"-1G\"" },
        { "\"Spawner\": { \"Command\": \"jupyterhub-singleuser\" }", "JupyterHub:Spawner:Command must be a list of texts, but is a text" },
        { "\"Spawner\": { \"Command\": [\"a\", 1] }", "JupyterHub:Spawner:Command:1 must be a text, but is a number" },
        { "\"Spawner\": { \"Command\": [\"a\", null] }", "JupyterHub:Spawner:Command:1 must be a text, but is null" },
        { "\"Spawner\": { \"Args\": { \"0\": \"a\" } }", "JupyterHub:Spawner:Args must be a list of texts, but is an object" },
        { "\"Spawner\": { \"Environment\": [] }", "JupyterHub:Spawner:Environment must be an object, but is a list" },
        { "\"Spawner\": { \"Environment\": { \"A\": 1 } }", "JupyterHub:Spawner:Environment:A must be a text, but is a number" },
        { "\"Spawner\": []", "JupyterHub:Spawner must be an object, but is a list" },
        { "\"Spawner\": { \"Type\": 1 }", "JupyterHub:Spawner:Type must be a text, but is a number" },
        { "\"Database\": \"Sqlite\"", "JupyterHub:Database must be an object, but is a text" },
        { "\"SpawnThrottleRetryRange\": [\"a\"]", "JupyterHub:SpawnThrottleRetryRange:0 must be a whole number, but is \"a\"" },
        { "\"AllowedUsers\": \"ada\"", "JupyterHub:AllowedUsers must be a list of texts, but is a text" },

        // Types of components.
        { "\"Spawner\": { \"Type\": \"docker\" }", "JupyterHub:Spawner:Type names \"docker\", which this host does not register; registered: plain" },
        { "\"Proxy\": { \"Type\": \"chp\" }", "JupyterHub:Proxy:Type names \"chp\", which this host does not register; registered: inprocess" },
        { "\"Proxy\": { \"Type\": \"nginx\" }", "JupyterHub:Proxy:Type names \"nginx\", which this host does not register; registered: inprocess" },
        { "\"HubBindUrl\": \"http://127.0.0.1:8081\"", "JupyterHub:HubBindUrl is where the hub listens behind a proxy of its own (JupyterHub:Proxy:Type \"chp\"); this hub is its own proxy and listens at BindUrl alone" },
        { "\"HubBindUrl\": \"https://127.0.0.1:8081\"", "JupyterHub:HubBindUrl must begin with http:// and be an address and a port alone" },
        { "\"HubBindUrl\": \"http://127.0.0.1:8081/hub\"", "JupyterHub:HubBindUrl must begin with http:// and be an address and a port alone" },
        { "\"SslKey\": \"/etc/key.pem\"", "JupyterHub:SslKey is for a proxy that the hub starts (JupyterHub:Proxy:Type \"chp\"); put a proxy that speaks TLS in front of this hub, and set PublicUrl" },

        // Addresses.
        { "\"BindUrl\": \"127.0.0.1:8000\"", "JupyterHub:BindUrl must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"BindUrl\": \"ftp://127.0.0.1\"", "JupyterHub:BindUrl must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"BindUrl\": \"http://127.0.0.1:70000\"", "JupyterHub:BindUrl must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"BindUrl\": \"http://127.0.0.1/?a\"", "JupyterHub:BindUrl must not have a query or fragment" },
        { "\"PublicUrl\": \"https://me:secret@hub.example.org\"", "JupyterHub:PublicUrl must not name a user or password" },
        { "\"PublicUrl\": \"https://hub.example.org/other/\", \"BaseUrl\": \"/lab\"", "JupyterHub:PublicUrl must have the deployment's path /lab/, or none" },
        { "\"PublicUrl\": \"hub.example.org\"", "JupyterHub:PublicUrl must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"HubConnectUrl\": \"http://127.0.0.1:8081/hub\"", "JupyterHub:HubConnectUrl must be scheme, host and port alone, without a path" },
        { "\"BaseUrl\": \"/a//b/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/a/../b/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/a/%2e%2E/b/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/a%2Fb/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/a%/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/%FF/\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"BaseUrl\": \"/a?b\"", "JupyterHub:BaseUrl must be a path such as /lab/, of names between single slashes" },
        { "\"DefaultUrl\": \"//evil.example\"", "JupyterHub:DefaultUrl must be a path that starts with one / or an absolute http or https URL" },
        { "\"DefaultUrl\": \"javascript:alert(1)\"", "JupyterHub:DefaultUrl must be a path that starts with one / or an absolute http or https URL" },
        { "\"TrustedDownstreamIps\": [\"127.0.0.1\", \"10.0.0.1/8\"]", "JupyterHub:TrustedDownstreamIps:1 must be an IP address or a network such as 10.0.0.0/8 (no bits set behind the prefix)" },
        { "\"TrustedDownstreamIps\": [\"10\"]", "JupyterHub:TrustedDownstreamIps:0 must be an IP address or a network such as 10.0.0.0/8 (no bits set behind the prefix)" },

        // Ranges.
        { "\"ActiveServerLimit\": -1", "JupyterHub:ActiveServerLimit must be at least 0, but is -1" },
        { "\"ConcurrentSpawnLimit\": -1", "JupyterHub:ConcurrentSpawnLimit must be at least 0, but is -1" },
        { "\"ActivityResolution\": -1", "JupyterHub:ActivityResolution must be at least 0, but is -1" },
        { "\"OauthTokenExpiresIn\": -1", "JupyterHub:OauthTokenExpiresIn must be at least 0, but is -1" },
        { "\"CookieMaxAgeDays\": 0", "JupyterHub:CookieMaxAgeDays must be more than 0 days" },
        { "\"CookieMaxAgeDays\": 1e9", "JupyterHub:CookieMaxAgeDays must be between 0 and 36500, but is 1000000000" },
        { "\"SlowSpawnTimeout\": -0.5", "JupyterHub:SlowSpawnTimeout must be between 0 and 4000000, but is -0.5" },
        { "\"SlowStopTimeout\": 4e6, \"SlowSpawnTimeout\": 4.1e6", "JupyterHub:SlowSpawnTimeout must be between 0 and 4000000, but is 4100000" },
        { "\"InitSpawnersTimeout\": -2", "JupyterHub:InitSpawnersTimeout must be between -1 and 4000000, but is -2" },
        { "\"LastActivityInterval\": 0", "JupyterHub:LastActivityInterval must be more than 0 seconds" },
        { "\"SpawnThrottleRetryRange\": [30]", "JupyterHub:SpawnThrottleRetryRange must be two numbers of seconds, the smaller one first" },
        { "\"SpawnThrottleRetryRange\": [60, 30]", "JupyterHub:SpawnThrottleRetryRange must be two numbers of seconds, the smaller one first" },
        { "\"Headers\": { \"X A\": \"1\" }", "JupyterHub:Headers:X A is not a valid name of a header" },
        { "\"Headers\": { \"X-A\": \"1\\r\\nSet-Cookie: a\" }", "JupyterHub:Headers:X-A must have a value of printable ASCII on one line" },
        { "\"CookieSecret\": \"abcdef\"", "JupyterHub:CookieSecret must be 64 hexadecimal digits (32 bytes)" },
        { "\"DataDirectory\": \"a\\u0000b\"", "JupyterHub:DataDirectory must be a path, but is \"a?b\"" },
        { "\"CookieSecretFile\": \"\"", "JupyterHub:CookieSecretFile must name a file" },
        { "\"Spawner\": { \"Port\": 70000 }", "JupyterHub:Spawner:Port must be between 0 and 65535, but is 70000" },
        { "\"Spawner\": { \"PollJitter\": 1.1 }", "JupyterHub:Spawner:PollJitter must be between 0 and 1, but is 1.1" },
        { "\"Spawner\": { \"StartTimeout\": 0 }", "JupyterHub:Spawner:StartTimeout must be more than 0 seconds" },
        { "\"Spawner\": { \"HttpTimeout\": -1 }", "JupyterHub:Spawner:HttpTimeout must be more than 0 seconds" },
        { "\"Spawner\": { \"PollInterval\": -1 }", "JupyterHub:Spawner:PollInterval must be between 0 and 4000000, but is -1" },
        { "\"Spawner\": { \"MemLimit\": 0 }", "JupyterHub:Spawner:MemLimit must be more than 0 bytes" },
        { "\"Spawner\": { \"CpuLimit\": 0 }", "JupyterHub:Spawner:CpuLimit must be more than 0 cores" },
        { "\"Spawner\": { \"Ip\": \"not an address\" }", "JupyterHub:Spawner:Ip must be an IP address, a host name, or empty for all addresses" },
        { "\"Spawner\": { \"Command\": [] }", "JupyterHub:Spawner:Command must name a program" },
        { "\"Spawner\": { \"Cmd\": [\"\"] }", "JupyterHub:Spawner:Cmd must name a program" },
        { "\"Spawner\": { \"Args\": [\"a\\u0000b\"] }", "JupyterHub:Spawner:Args must not contain a null character" },
        { "\"Spawner\": { \"Environment\": { \"A=B\": \"1\" } }", "JupyterHub:Spawner:Environment:A=B is not a valid name of an environment variable" },
        { "\"Spawner\": { \"EnvKeep\": [\"PATH\", \"\"] }", "JupyterHub:Spawner:EnvKeep:1 is not a valid name of an environment variable" },
        { "\"Spawner\": { \"HubConnectUrl\": \"hub\" }", "JupyterHub:Spawner:HubConnectUrl must be an absolute URL such as http://127.0.0.1:8000" },
        { "\"Authenticator\": { \"UsernamePattern\": \"(\" }", "JupyterHub:Authenticator:UsernamePattern must be a regular expression" },
        { "\"AdminUsers\": [\"ada\", \" \"]", "JupyterHub:AdminUsers:1 must be the name of a user" },
        { "\"Authenticator\": { \"UsernameMap\": { \"ada\": \"\" } }", "JupyterHub:Authenticator:UsernameMap:ada must map a name to a name" },
    };

    [Theory]
    [MemberData(nameof(InFile))]
    public void A_bad_file_stops_the_start(string content, string line)
    {
        using var host = new HostSetup();
        var file = host.AddSection(content);

        Assert.Equal($"{line} (in {file}).", host.ReadError());
    }

    /// <summary>A flat key with its value, and the line without the source.</summary>
    public static TheoryData<string, string, string> InKeys => new()
    {
        { "AlowAll", "true", "JupyterHub:AlowAll is not a known setting; did you mean AllowAll?" },
        { "CleanupServers", "maybe", "JupyterHub:CleanupServers must be true or false, but is \"maybe\"" },
        { "ActiveServerLimit", "many", "JupyterHub:ActiveServerLimit must be a whole number, but is \"many\"" },
        { "ActiveServerLimit", "1,5", "JupyterHub:ActiveServerLimit must be a whole number, but is \"1,5\"" },
        { "SlowSpawnTimeout", "NaN", "JupyterHub:SlowSpawnTimeout must be a number, but is \"NaN\"" },
        { "SlowSpawnTimeout:x", "1", "JupyterHub:SlowSpawnTimeout must be a number, but is an object" },
        { "TrustedDownstreamIps", "127.0.0.1", "JupyterHub:TrustedDownstreamIps must be a list of texts, but is a text" },
        { "TrustedDownstreamIps:a", "127.0.0.1", "JupyterHub:TrustedDownstreamIps must be a list of texts, but is an object" },
        { "Spawner", "plain", "JupyterHub:Spawner must be an object, but is a text" },
        { "Spawner:Port", "-1", "JupyterHub:Spawner:Port must be between 0 and 65535, but is -1" },
        { "ExternalSslAuthorities:own:0", "ada", "JupyterHub:ExternalSslAuthorities is known, but this version does not serve it yet" },
    };

    [Theory]
    [MemberData(nameof(InKeys))]
    public void A_bad_key_stops_the_start(string key, string value, string line)
    {
        using var host = new HostSetup();
        host.AddKeys((key, value));

        Assert.Equal($"{line} (in configuration set in code).", host.ReadError());
    }

    [Theory]
    [InlineData("[]", "{0} does not hold a JSON object.")]
    [InlineData("""{ "JupyterHub": 5 }""", "JupyterHub must be an object, but is a number (in {0}).")]
    [InlineData("""{ "JupyterHub": { "Spawner": { } }, "jupyterhub": { } }""", "JupyterHub is given twice (in {0}).")]
    [InlineData("""{ "JupyterHub:BaseUrl": "/" }""", "JupyterHub:BaseUrl must be written as nested objects, {{ \"JupyterHub\": {{ … }} }} (in {0}).")]
    [InlineData("""{ "JupyterHub": { "BaseUrl": "\ud83d" } }""", "{0} holds a text that is no valid Unicode.")]
    [InlineData("{\n  \"JupyterHub\": { oops }\n}", "{0} is not valid JSON: see line 2, character 19.")]
    public void A_file_that_is_no_configuration_stops_the_start(string json, string line)
    {
        using var host = new HostSetup();

        // The platform's provider reads the file first and refuses some of these itself; the file goes bad behind its back.
        var file = host.AddFile("{}");
        var configuration = host.Builder.Build();
        File.WriteAllText(file, json);

        var error = Assert.Throws<HubStartupException>(() => new HubConfigurationReader(configuration, host.ContentRoot));
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, line, file), error.Message);
    }

    [Fact]
    public void A_value_set_in_code_is_checked_too()
    {
        using var host = new HostSetup { Configure = hub => hub.ActiveServerLimit = -1 };

        Assert.Equal("JupyterHub:ActiveServerLimit must be at least 0, but is -1 (set in code).", host.ReadError());
    }

    [Fact]
    public void A_key_with_a_value_and_keys_below_it_stops_the_start()
    {
        using var host = new HostSetup();
        host.AddKeys(("Spawner", "plain"), ("Spawner:Port", "1"));

        Assert.Equal("JupyterHub:Spawner has both a value of its own and keys below it (in configuration set in code).", host.ReadError());
    }

    [Fact]
    public void Plural_and_singular_forms_are_refused_across_sources()
    {
        using var host = new HostSetup();
        host.AddSection("\"Spawner\": { }");
        host.AddKeys(("Spawners:a:Type", "plain"));

        Assert.Equal("JupyterHub:Spawners and JupyterHub:Spawner cannot both be given (in configuration set in code).", host.ReadError());
    }
}
