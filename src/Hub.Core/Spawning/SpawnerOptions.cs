using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>Settings that every spawner shares.</summary>
public class SpawnerOptions
{
    /// <summary>The program to start, with its first arguments.</summary>
    public IList<string> Command { get; set; } = ["jupyterhub-singleuser"];

    /// <summary>Further arguments.</summary>
    public IList<string> Args { get; set; } = [];

    /// <summary>Environment variables for servers; they may replace the hub's own. Values know <c>{username}</c> and <c>{servername}</c>.</summary>
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Environment variable to name of a user option: such an option reaches the server, as text. Options that are not named here
    /// reach no server, so a user can set no other variable.
    /// </summary>
    public IDictionary<string, string> EnvironmentFromOptions { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// What can be chosen when a server is started. With options declared here or by the spawner's code, the start page shows a form for them, and
    /// others or values outside of their limits are refused. An empty list: nothing can be chosen; unset: what is sent is stored as it is.
    /// </summary>
    public IList<StartOption>? Options { get; set; }

    /// <summary>
    /// Form of the operator's own in HTML, for the inside of the start page's form, in place of the one made from the declared options. It is
    /// written as it is: nothing that a user says belongs in it. Its scripts and styles have to be files.
    /// </summary>
    public string OptionsForm { get; set; } = "";

    /// <summary>
    /// Path of a Razor view of the application, such as <c>/Views/StartOptions.cshtml</c>, for the inside of the start page's form; its model
    /// is a <c>StartOptionsForm</c>.
    /// </summary>
    public string OptionsView { get; set; } = "";

    /// <summary>How the fields of an operator's own form become options where none are declared: <c>passthrough</c> or <c>simple</c>.</summary>
    public StartFormReading OptionsFromForm { get; set; }

    /// <summary>Turns the fields of a start form or of a link into options; for code only. What it returns is checked like everything else where options are declared.</summary>
    public Func<StartFormFields, CancellationToken, Task<JsonObject>>? OptionsFromFormHook { get; set; }

    /// <summary>Names of variables that servers inherit from the hub's environment; null for the spawner's own default.</summary>
    public IList<string>? EnvKeep { get; set; }

    /// <summary>Address that servers listen at; empty for all.</summary>
    public string Ip { get; set; } = "127.0.0.1";

    /// <summary>Port that servers listen at; 0 for a free one.</summary>
    public int Port { get; set; }

    /// <summary>Seconds that a start may take.</summary>
    public double StartTimeout { get; set; } = 60;

    /// <summary>Seconds that a started server may take to answer HTTP.</summary>
    public double HttpTimeout { get; set; } = 30;

    /// <summary>Seconds between two looks at a running server; 0 for none.</summary>
    public double PollInterval { get; set; } = 30;

    /// <summary>Part of the interval by which looks are spread at random, 0 to 1.</summary>
    public double PollJitter { get; set; } = 0.1;

    /// <summary>Folder that the server opens; knows <c>{username}</c> and <c>{base_url}</c>, the server's own path.</summary>
    public string NotebookDir { get; set; } = "";

    /// <summary>Path that the server opens first, such as <c>/lab</c>; knows <c>{username}</c> and <c>{base_url}</c>, the server's own path.</summary>
    public string DefaultUrl { get; set; } = "";

    /// <summary>Ask the server for debug logs.</summary>
    public bool Debug { get; set; }

    /// <summary>Keep the server from reading configuration of the user.</summary>
    public bool DisableUserConfig { get; set; }

    /// <summary>Bytes of memory that the server may use; null for no limit.</summary>
    public long? MemLimit { get; set; }

    /// <summary>Bytes of memory that the server is sure to get.</summary>
    public long? MemGuarantee { get; set; }

    /// <summary>Cores that the server may use; null for no limit.</summary>
    public double? CpuLimit { get; set; }

    /// <summary>Cores that the server is sure to get.</summary>
    public double? CpuGuarantee { get; set; }

    /// <summary>Origin at which servers of this spawner reach the hub; unset: the hub's own.</summary>
    public string? HubConnectUrl { get; set; }

    /// <summary>Scopes of the server's own token; null for the role <c>server</c>.</summary>
    public IList<string>? ServerTokenScopes { get; set; }

    /// <summary>Further scopes that the server may ask for as an OAuth client.</summary>
    public IList<string> OauthClientAllowedScopes { get; set; } = [];

    /// <summary>
    /// Called before each start with what the authenticator left with the owner, such as a token that the server is to have; for code
    /// only. If it throws, the server is not started.
    /// </summary>
    public Func<AuthStateContext, CancellationToken, Task>? AuthStateHook { get; set; }
}
