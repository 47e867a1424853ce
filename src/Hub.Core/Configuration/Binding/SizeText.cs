using System.Globalization;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Reads sizes: bytes, or a number with K, M, G or T for powers of 1024.</summary>
internal static class SizeText
{
    private const string Suffixes = "KMGT";

    public static long? Read(string text, bool suffixAllowed)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            return bytes;
        }

        var power = suffixAllowed && text.Length > 1 ? Suffixes.IndexOf(text[^1], StringComparison.Ordinal) + 1 : 0;
        if (power == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var size = number * Math.Pow(1024, power);
        return size < long.MaxValue ? (long)size : null;
    }
}
