using System.Collections.Frozen;

namespace JupyterHub.Core.Configuration;

/// <summary>The names of every setting there is, served by this version or not, by section. A name that is served is a property of an options class too.</summary>
internal static class KnownSettings
{
    public const string Root = "JupyterHub";
    public const string Authenticator = Root + ":Authenticator";
    public const string Spawner = Root + ":Spawner";
    public const string Proxy = Root + ":Proxy";
    public const string Logins = Root + ":Logins";

    /// <summary>Settings of the only authenticator that may stand in the section of the hub.</summary>
    public static readonly FrozenSet<string> AuthenticatorShorthands =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "AllowAll", "AllowedUsers", "BlockedUsers", "AdminUsers");

    private static readonly FrozenSet<string> Lists =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, Root + ":LoadRoles", Root + ":LoadGroups", Root + ":CustomScopes", Root + ":Services", Logins);

    private static readonly FrozenDictionary<string, FrozenSet<string>> Sections = new Dictionary<string, FrozenSet<string>>
    {
        [Root] = Names("""
            ActiveServerLimit ActiveUserWindow ActivityResolution AdminUsers AllowAll AllowExistingInvalidNamedServers AllowNamedServers
            AllowedUsers Announcement BlockedUsers
            ApiPageDefaultLimit ApiPageMaxLimit AuthenticatePrometheus Authenticator Authenticators BaseUrl BindUrl CleanupProxy
            CleanupServers ConcurrentSpawnLimit CookieHostPrefixEnabled CookieMaxAgeDays CookieOptions CookieSecret CookieSecretFile
            CryptKey CustomScopes DataDirectory Database DefaultServerName DefaultUrl ExternalSslAuthorities ExtraUserScopes Headers HubBindUrl
            HubConnectUrl HubRoutespec HubSocketMode ImplicitSpawnSeconds InitSpawnersTimeout InternalCertsLocation InternalSsl
            LastActivityInterval LoadGroups LoadRoles Logins LogoFile NamedServerLimitPerUser OauthRequirePkce OauthTokenExpiresIn Pages PidFile
            Proxy PublicUrl RedirectToServer ServiceCheckInterval Services ShutdownOnLogout SignInLimits SlowSpawnTimeout
            SlowStopTimeout SpawnThrottleRetryRange Spawner Spawners SslCert SslKey SubdomainHook SubdomainHost TemplateVars
            TokenExpiresInMaxSeconds TrustUserProvidedTokens TrustedAltNames TrustedDownstreamIps UseLegacyStoppedServerStatusCode
            """),
        [Root + ":Database"] = Names("Provider ConnectionString"),
        [Root + ":LoadRoles"] = Names("Name Description Scopes Users Groups Services"),
        [Root + ":LoadGroups"] = Names("Users Properties"),
        [Root + ":CustomScopes"] = Names("Description Subscopes"),
        [Root + ":Services"] = Names("""
            Admin ApiToken Command Cwd Display Environment Info Name OauthClientAllowedScopes OauthClientId OauthNoConfirm OauthRedirectUri
            OauthRoles Timeout Url User
            """),
        [Root + ":Pages"] = Names("Announcements Contact Footer FooterLinks Links StyleSheets Title"),
        [Root + ":CookieOptions"] = Names("Domain ExpiresDays Path SameSite Secure"),
        [Root + ":SignInLimits"] = Names("FreePerAccount FreePerAddress Window"),
        [Authenticator] = Names("""
            Type AddUserCmd AdminGroups AdminPassword AdminUsers AllowAll AllowExistingUsers AllowedGroups AllowedUsers AnyAllowConfig
            AuthRefreshAge AutoLogin AutoLoginOauth2Authorize BlockedUsers CheckAccount CreateSystemUsers DeleteInvalidUsers
            EnableAuthState Encoding ExecutorThreads ManageGroups ManageRoles OpenSessions OtpPrompt PamNormalizeUsername Password
            PasswordGroups PostAuthHook RefreshPreSpawn RefreshPreStop RequestOtp ResetManagedRolesOnStartup Service Uids UserPassword
            UsernameMap UsernamePattern
            """),
        [Spawner] = Names("""
            Type ApplyUserOptions Args AuthStateHook Cmd Command ConsecutiveFailureLimit CpuGuarantee CpuLimit Debug DefaultUrl
            DisableUserConfig EnvKeep Environment EnvironmentFromOptions GroupOverrides HomeDirTemplate HttpTimeout HubConnectUrl
            InterruptTimeout Ip KillTimeout MemGuarantee MemLimit NotebookDir OauthClientAllowedScopes Options OptionsForm OptionsFromForm OptionsView
            PollInterval PollJitter PopenKwargs Port PostStopHook PreSpawnHook ProgressReadyHook ServerTokenScopes ShellCmd SslAltNames
            SslAltNamesIncludeLocal StartTimeout TermTimeout
            """),
        [Proxy] = Names("""
            Type ApiUrl AuthToken CheckRunningInterval Command CommandUmask Concurrency ExtraRoutes LogLevel PidFile ShouldStart
            """),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string section, string name) => Of(section).Contains(name);

    public static FrozenSet<string> Of(string section) => Sections.GetValueOrDefault(ListOf(section) ?? section) ?? FrozenSet<string>.Empty;

    /// <summary>The key of another section that has a setting of this name, or null.</summary>
    public static string? Elsewhere(string name) =>
        Sections.Where(section => !Lists.Contains(section.Key) && section.Value.Contains(name))
            .Select(section => $"{section.Key}:{section.Value.First(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))}")
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The name that a setting really has: <c>Cmd</c> is another one for a spawner's <c>Command</c>.</summary>
    public static string Canonical(string section, string name) =>
        string.Equals(section, Spawner, StringComparison.OrdinalIgnoreCase) && string.Equals(name, "Cmd", StringComparison.OrdinalIgnoreCase)
            ? "Command"
            : name;

    // Items of lists and of objects of objects share the settings that their list has: JupyterHub:Services:0 those of JupyterHub:Services.
    private static string? ListOf(string section) =>
        section.Split(':', 3) is [var root, var list, _] && Lists.TryGetValue($"{root}:{list}", out var known) ? known : null;

    private static FrozenSet<string> Names(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
