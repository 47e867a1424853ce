using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Reads a secret given in clear, in a file or in an environment variable. No message repeats it.</summary>
internal static class SecretBinder
{
    private const string Expected = "a text, { \"File\": \"path\" } or { \"Environment\": \"NAME\" }";
    private const int LongestFile = 64 * 1024;

    public static HubSecret? Bind(SettingNode node, SectionPath path, BindingContext context)
    {
        var secret = node switch
        {
            SettingScalar { Type: SettingScalarType.Text or SettingScalarType.Untyped } scalar => scalar.Text,
            SettingMap { Entries: [var (name, value)] } => ReadFrom(name, value, path, context),
            _ => throw SettingErrors.WrongType(path.WrittenAs, Expected, node, context.Origin),
        };
        if (secret is null)
        {
            return null;
        }

        return secret.Length > 0
            ? new HubSecret(secret)
            : throw SettingErrors.Create(path.WrittenAs, "is empty; leave it out instead", context.Origin);
    }

    private static string? ReadFrom(string kind, SettingNode value, SectionPath path, BindingContext context)
    {
        var isFile = string.Equals(kind, "File", StringComparison.OrdinalIgnoreCase);
        if ((!isFile && !string.Equals(kind, "Environment", StringComparison.OrdinalIgnoreCase))
            || value is not SettingScalar { Type: SettingScalarType.Text or SettingScalarType.Untyped, Text: { Length: > 0 } text })
        {
            throw SettingErrors.Create(path.WrittenAs, $"must be {Expected}", context.Origin);
        }

        if (!context.ReadsSecrets)
        {
            return null;
        }

        return isFile ? ReadFile(text, path, context) : ReadVariable(text, path, context);
    }

    private static string ReadVariable(string name, SectionPath path, BindingContext context) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw SettingErrors.Create(path.WrittenAs, $"names the environment variable {SettingErrors.Quote(name)}, which is not set", context.Origin);

    private static string ReadFile(string name, SectionPath path, BindingContext context)
    {
        var file = context.Resolve(name) ?? throw SettingErrors.Create(path.WrittenAs, "names a file that cannot be", context.Origin);
        try
        {
            using var reader = new StreamReader(file);
            var buffer = new char[LongestFile];
            var length = reader.ReadBlock(buffer);
            if (length == LongestFile)
            {
                throw SettingErrors.Create(path.WrittenAs, $"names the file {file}, which is too long for a secret", context.Origin);
            }

            return new string(buffer, 0, length).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw SettingErrors.Create(path.WrittenAs, $"names the file {SettingErrors.Quote(file)}, which cannot be read", context.Origin);
        }
    }
}
