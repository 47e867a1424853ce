using System.Globalization;
using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Reads single values. A typed source must say a number for a number; texts of an untyped one are read as what the setting is.</summary>
internal static class ScalarBinder
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static object? Bind(SettingNode node, Type type, string path, SettingOrigin origin)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            if (node is SettingScalar { Type: SettingScalarType.Untyped, Text: "" })
            {
                return null;
            }

            type = underlying;
        }

        if (node is not SettingScalar scalar || scalar.Type == SettingScalarType.Null)
        {
            throw SettingErrors.WrongType(path, Expected(type), node, origin);
        }

        return TryRead(scalar, type) ?? throw (scalar.Type is SettingScalarType.True or SettingScalarType.False || type == typeof(string)
            ? SettingErrors.WrongType(path, Expected(type), node, origin)
            : SettingErrors.WrongValue(path, Expected(type), scalar.Text, origin));
    }

    private static object? TryRead(SettingScalar scalar, Type type)
    {
        var isText = scalar.Type is SettingScalarType.Text or SettingScalarType.Untyped;
        var isNumber = scalar.Type is SettingScalarType.Number or SettingScalarType.Untyped;
        return type switch
        {
            _ when type == typeof(string) => isText ? scalar.Text : null,
            _ when type == typeof(bool) => ReadBool(scalar),
            _ when type == typeof(int) => isNumber && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(double) => isNumber ? ReadDouble(scalar.Text) : null,
            _ when type == typeof(long) => isNumber || isText ? SizeText.Read(scalar.Text, suffixAllowed: isText) : null,
            _ when type == typeof(TimeSpan) => isNumber ? ReadSeconds(scalar.Text) : null,
            _ when type == typeof(Uri) => isText && Uri.TryCreate(scalar.Text, UriKind.Absolute, out var uri) ? uri : null,
            _ => isText && Enum.GetNames(type).FirstOrDefault(name => IsNamed(name, scalar.Text)) is { } name
                ? Enum.Parse(type, name)
                : null,
        };
    }

    // The original's words have hyphens, names in code cannot: allow-start is AllowStart.
    private static bool IsNamed(string name, string text) =>
        string.Equals(name, text.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static object? ReadBool(SettingScalar scalar) => scalar.Type switch
    {
        SettingScalarType.True => true,
        SettingScalarType.False => false,
        SettingScalarType.Untyped when bool.TryParse(scalar.Text, out var value) => value,
        _ => null,
    };

    private static double? ReadDouble(string text) =>
        double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan? ReadSeconds(string text) =>
        ReadDouble(text) is { } seconds && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(long) => "a size such as 1073741824, \"512M\" or \"2G\"",
        _ when type == typeof(TimeSpan) => "a number of seconds",
        _ when type == typeof(Uri) => "an absolute URL",
        _ => "one of " + string.Join(", ", Enum.GetNames(type)),
    };
}
