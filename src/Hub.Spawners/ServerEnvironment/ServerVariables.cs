using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.ServerEnvironment;

/// <summary>Builds the whole environment of a server, lowest precedence first (contract 8.1): inherited, the hub's, the operator's.</summary>
internal static class ServerVariables
{
    /// <summary>What a local server inherits of the hub's environment unless <see cref="SpawnerOptions.EnvKeep"/> says otherwise.</summary>
    public static readonly IReadOnlyList<string> InheritedByLocalServers =
    [
        "CONDA_DEFAULT_ENV",
        "CONDA_ROOT",
        "JUPYTERHUB_SINGLEUSER_APP",
        "LANG",
        "LC_ALL",
        "LD_LIBRARY_PATH",
        "PATH",
        "PYTHONPATH",
        "VIRTUAL_ENV",
    ];

    private const int MaxOptionLength = 32 * 1024;

    /// <exception cref="SpawnException">A user option or a name cannot be a variable's value.</exception>
    public static Dictionary<string, string> Build(SpawnRequest request, SpawnerOptions options, int port)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        AddInherited(variables, options.EnvKeep ?? (IEnumerable<string>)InheritedByLocalServers);
        foreach (var (name, value) in request.HubEnvironment)
        {
            variables[name] = value;
        }

        variables["JUPYTERHUB_SERVICE_URL"] = $"http://{UrlHost(options.Ip)}:{port.ToString(CultureInfo.InvariantCulture)}{request.ServicePrefix}";
        AddLimits(variables, options);
        AddServerSettings(variables, request, options);
        foreach (var (name, value) in options.Environment)
        {
            variables[name] = Template.Fill(value, ("username", request.UserName), ("servername", request.ServerName));
        }

        AddUserOptions(variables, request.UserOptions, options.EnvironmentFromOptions);
        foreach (var (name, value) in variables)
        {
            RefuseNull(name, value);
        }

        return variables;
    }

    /// <summary>An address as a URL's host: IPv6 in brackets.</summary>
    public static string UrlHost(string address) =>
        address.Contains(':', StringComparison.Ordinal) && !address.StartsWith('[') ? $"[{address}]" : address;

    private static void AddInherited(Dictionary<string, string> variables, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }
    }

    private static void AddLimits(Dictionary<string, string> variables, SpawnerOptions options)
    {
        Add("MEM_LIMIT", options.MemLimit?.ToString(CultureInfo.InvariantCulture));
        Add("MEM_GUARANTEE", options.MemGuarantee?.ToString(CultureInfo.InvariantCulture));
        Add("CPU_LIMIT", Cores(options.CpuLimit));
        Add("CPU_GUARANTEE", Cores(options.CpuGuarantee));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                variables[name] = value;
            }
        }
    }

    /// <summary>As the original writes a float: whole numbers with one decimal.</summary>
    private static string? Cores(double? cores) => cores switch
    {
        null => null,
        { } whole when Math.Floor(whole) == whole => whole.ToString("0.0", CultureInfo.InvariantCulture),
        { } part => part.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void AddServerSettings(Dictionary<string, string> variables, SpawnRequest request, SpawnerOptions options)
    {
        if (options.NotebookDir.Length > 0)
        {
            if (request.UserName is "." or ".." && options.NotebookDir.Contains("{username}", StringComparison.Ordinal))
            {
                throw new SpawnException("This user's name cannot be part of a folder's path.");
            }

            variables["JUPYTERHUB_ROOT_DIR"] = Fill(options.NotebookDir);
        }

        if (options.DefaultUrl.Length > 0)
        {
            variables["JUPYTERHUB_DEFAULT_URL"] = Fill(options.DefaultUrl);
        }

        if (options.Debug)
        {
            variables["JUPYTERHUB_DEBUG"] = "1";
        }

        if (options.DisableUserConfig)
        {
            variables["JUPYTERHUB_DISABLE_USER_CONFIG"] = "1";
        }

        string Fill(string template) => Template.Fill(template, ("username", request.UserName), ("base_url", request.ServicePrefix));
    }

    private static void AddUserOptions(Dictionary<string, string> variables, JsonObject chosen, IDictionary<string, string> declared)
    {
        foreach (var (variable, option) in declared)
        {
            if (chosen[option] is { } value)
            {
                variables[variable] = AsText(option, value);
            }
        }
    }

    private static string AsText(string option, JsonNode value)
    {
        var text = value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
            _ => throw new SpawnException($"The option {option} must be a text, a number, true or false."),
        };
        return text.Length <= MaxOptionLength
            ? text
            : throw new SpawnException($"The option {option} is longer than {MaxOptionLength} characters.");
    }

    private static void RefuseNull(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new SpawnException($"The variable {name} cannot hold a null character.");
        }
    }
}
