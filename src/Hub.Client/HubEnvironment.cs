namespace JupyterHub.Client;

/// <summary>Reads the variables that a hub gives its services and servers. Nothing read is repeated in a message.</summary>
internal sealed class HubEnvironment(Func<string, string?> variable)
{
    public static HubEnvironment Process { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The option if set, else the first of the variables that is; empty counts as unset.</summary>
    public string? Find(string? option, params ReadOnlySpan<string> names)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return option;
        }

        foreach (var name in names)
        {
            if (variable(name) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    public string Require(string? option, string optionName, params ReadOnlySpan<string> names) =>
        Find(option, names)
        ?? throw new JupyterHubConfigurationException(
            $"{names[0]} is not set. A hub sets it for the services and servers that it starts; elsewhere set it, or the option {optionName}.");

    /// <summary>An address without a slash at its end.</summary>
    public static string Url(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? value.TrimEnd('/')
            : throw new JupyterHubConfigurationException($"{name} must be an http or https address without user, query or fragment.");

    /// <summary>A token as it may stand in a header.</summary>
    public static string Token(string name, string value) =>
        value.Length <= 1024 && value.All(character => character is > ' ' and < '\x7f')
            ? value
            : throw new JupyterHubConfigurationException($"{name} must be at most 1024 visible ASCII characters.");

    /// <summary>A path that begins and ends with one slash, percent-encoded as the hub wrote it.</summary>
    public static string Path(string name, string value) =>
        value.StartsWith('/') && value.EndsWith('/') && !value.StartsWith("//", StringComparison.Ordinal) && value.All(character => character is > ' ' and < '\x7f' and not ('\\' or '?' or '#' or ';' or ','))
            ? value
            : throw new JupyterHubConfigurationException($"{name} must be a path that begins and ends with one slash.");
}
