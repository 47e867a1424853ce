namespace JupyterHub.Core.Configuration;

/// <summary>Settings of the hub: section <c>JupyterHub</c>. What code sets here holds when no configuration says otherwise.</summary>
public sealed class JupyterHubOptions
{
    /// <summary>
    /// Where browsers reach the deployment: the hub's own listener, when the hub owns it (an embedding host owns its own and leaves this unset),
    /// or the address at which a proxy listens that the hub starts.
    /// </summary>
    public string? BindUrl { get; set; }

    /// <summary>Where the hub itself listens when another program is the proxy in front of it; by default <c>http://127.0.0.1:8081</c>.</summary>
    public string? HubBindUrl { get; set; }

    /// <summary>Path prefix of the whole deployment; by default the path of <see cref="BindUrl"/>, else <c>/</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>What servers, services and the proxy are told to call; by default the address really bound, loopback if unspecified.</summary>
    public string? HubConnectUrl { get; set; }

    /// <summary>File with the private key (PEM) that a proxy started by the hub speaks TLS with.</summary>
    [HubPath]
    public string? SslKey { get; set; }

    /// <summary>File with the certificate (PEM), and those it was issued by, that a proxy started by the hub shows.</summary>
    [HubPath]
    public string? SslCert { get; set; }

    /// <summary>How browsers see the deployment, with scheme and host; unset: links stay relative.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Folder of the hub's own state; by default <c>jupyterhub</c> below the user's local data folder.</summary>
    [HubPath]
    public string? DataDirectory { get; set; }

    /// <summary>Which database, and where.</summary>
    public DatabaseOptions Database { get; set; } = new();

    /// <summary>Key of the signed cookies: 64 hexadecimal digits (32 bytes). Unset: environment variable <c>JPY_COOKIE_SECRET</c>, else <see cref="CookieSecretFile"/>.</summary>
    public HubSecret? CookieSecret { get; set; }

    /// <summary>File that keeps the key of the signed cookies; made on the first run, readable by its owner only.</summary>
    public string CookieSecretFile { get; set; } = "jupyterhub_cookie_secret";

    /// <summary>
    /// Keys of what authenticators leave with users, with <c>;</c> between them: 64 hexadecimal digits or 44 characters of Base64 each. The
    /// first encrypts, any decrypts. Unset: the environment variable <c>JUPYTERHUB_CRYPT_KEY</c>.
    /// </summary>
    public HubSecret? CryptKey { get; set; }

    /// <summary>Days that a sign-in lasts.</summary>
    public double CookieMaxAgeDays { get; set; } = 14;

    /// <summary>Give the login cookie the prefix <c>__Host-</c>, here and at the users' servers: no other host can set or see it. Needs HTTPS.</summary>
    public bool CookieHostPrefixEnabled { get; set; }

    /// <summary>What the hub's cookies tell browsers, where that must be something else than usual.</summary>
    public HubCookieOptions CookieOptions { get; set; } = new();

    /// <summary>Seconds within which repeated activity of a token or user is written only once; 0 writes each.</summary>
    public int ActivityResolution { get; set; } = 30;

    /// <summary>Starts that may be under way at once; 0 for no limit.</summary>
    public int ConcurrentSpawnLimit { get; set; } = 100;

    /// <summary>Servers that may run at once; 0 for no limit.</summary>
    public int ActiveServerLimit { get; set; }

    /// <summary>Seconds between which a refused start is told to try again, as [least, most].</summary>
    public IList<int> SpawnThrottleRetryRange { get; set; } = [30, 60];

    /// <summary>Seconds that a request to start a server waits before it answers "pending".</summary>
    public double SlowSpawnTimeout { get; set; } = 10;

    /// <summary>Seconds that a request to stop a server waits before it answers "pending".</summary>
    public double SlowStopTimeout { get; set; } = 10;

    /// <summary>Seconds that start-up waits for the check of servers that ran before; the check goes on afterwards.</summary>
    public int InitSpawnersTimeout { get; set; } = 10;

    /// <summary>Seconds between two rounds of writing the proxy's activity to the database.</summary>
    public int LastActivityInterval { get; set; } = 300;

    /// <summary>Seconds between two looks whether services with a URL answer; 0 for none.</summary>
    public int ServiceCheckInterval { get; set; } = 60;

    /// <summary>Stop the users' servers when the hub stops.</summary>
    public bool CleanupServers { get; set; } = true;

    /// <summary>Stop the proxy when the hub stops, if the hub started it. Left running, it is used again by the next hub.</summary>
    public bool CleanupProxy { get; set; } = true;

    /// <summary>Stop a person's servers when that person signs out.</summary>
    public bool ShutdownOnLogout { get; set; }

    /// <summary>After sign-in go to one's server rather than to the home page.</summary>
    public bool RedirectToServer { get; set; } = true;

    /// <summary>Where to go after sign-in when nothing else is asked for.</summary>
    public string? DefaultUrl { get; set; }

    /// <summary>Seconds that OAuth access tokens last; 0 for as long as a sign-in.</summary>
    public int OauthTokenExpiresIn { get; set; }

    /// <summary>Refuse OAuth clients that send no PKCE challenge (RFC 7636). Clients before JupyterHub 6.0 send none.</summary>
    public bool OauthRequirePkce { get; set; }

    /// <summary>Addresses or networks (CIDR) of proxies in front whose forwarding headers count.</summary>
    public IList<string> TrustedDownstreamIps { get; set; } = [];

    /// <summary>Response headers set on every answer of the hub; one of the same name replaces the hub's own.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The hub's logo, shown at the top of every page and as its icon, served at <c>hub/logo</c>: svg, png, jpg, gif, webp or ico, 512 kB at most.</summary>
    [HubPath]
    public string? LogoFile { get; set; }

    /// <summary>What every page tells everybody, as plain text: 2,000 characters at most. Single pages: <see cref="PageOptions.Announcements"/>.</summary>
    public string Announcement { get; set; } = "";

    /// <summary>
    /// Texts for pages of the host, by name. Of the original's, <c>announcement</c> and <c>announcement_login</c>, <c>announcement_home</c> and
    /// so on are announcements of the hub's own pages; unlike there they are plain text.
    /// </summary>
    public IDictionary<string, string> TemplateVars { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How pages look and what they tell everybody.</summary>
    public PageOptions Pages { get; set; } = new();

    /// <summary>Users may have servers besides their default one.</summary>
    public bool AllowNamedServers { get; set; }

    /// <summary>Named servers that a user may have, the default one not counted; 0 for no limit.</summary>
    public int NamedServerLimitPerUser { get; set; }

    /// <summary>The named server that links which name none lead to; without named servers it has no effect.</summary>
    public string DefaultServerName { get; set; } = "";

    /// <summary>Items on a page of a listing when a client that pages names no number.</summary>
    public int ApiPageDefaultLimit { get; set; } = 50;

    /// <summary>Most items on a page of a listing, and as many as a client gets that does not page.</summary>
    public int ApiPageMaxLimit { get; set; } = 200;

    /// <summary>Most seconds that a token may be valid; 0 for no limit.</summary>
    public int TokenExpiresInMaxSeconds { get; set; }

    /// <summary>Tokens that are given in the configuration are as hard to guess as the hub's own, and need no slow hash.</summary>
    public bool TrustUserProvidedTokens { get; set; }

    /// <summary>Metrics are shown only to holders of <c>read:metrics</c>.</summary>
    public bool AuthenticatePrometheus { get; set; } = true;

    /// <summary>How many wrong passwords are free before sign-in slows down.</summary>
    public SignInLimits SignInLimits { get; set; } = new();

    /// <summary>What becomes of named servers from before JupyterHub 6 whose names are not allowed any more: <c>allow-start</c>, <c>allow-delete</c> or <c>autorename</c>.</summary>
    public InvalidServerNames AllowExistingInvalidNamedServers { get; set; }

    /// <summary>Scopes for the services of this deployment, by their names, which begin with <c>custom:</c>.</summary>
    public IDictionary<string, ScopeDeclaration> CustomScopes { get; set; } = new Dictionary<string, ScopeDeclaration>(StringComparer.Ordinal);

    /// <summary>Scopes that the role <c>user</c> has besides its own; without effect where <see cref="LoadRoles"/> gives that role scopes.</summary>
    public IList<string> ExtraUserScopes { get; set; } = [];

    /// <summary>Roles, and who holds them. A role of the configuration that is not named any more goes at the next start.</summary>
    public IList<RoleDeclaration> LoadRoles { get; set; } = [];

    /// <summary>Groups by their names, with members and properties. What is not named any more stays.</summary>
    public IDictionary<string, GroupDeclaration> LoadGroups { get; set; } = new Dictionary<string, GroupDeclaration>(StringComparer.Ordinal);

    /// <summary>Services that use the hub. One of the configuration that is not named any more goes at the next start, with its tokens.</summary>
    public IList<ServiceDeclaration> Services { get; set; } = [];
}
