using System.Text;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration;

/// <summary>Words the one line that stops the start: the whole key, what is wrong with it, and where it stands.</summary>
internal static class SettingErrors
{
    private const int LongestQuote = 60;

    public static HubStartupException Create(string path, string problem, SettingOrigin? origin) =>
        new($"{OneLine(path, 300)} {problem}{(origin is null ? " (set in code)" : $" (in {OneLine(origin.Description, 300)})")}.");

    /// <summary>Says what was expected and what kind of thing was found; the value itself is not repeated, it might be a secret.</summary>
    public static HubStartupException WrongType(string path, string expected, SettingNode found, SettingOrigin? origin) =>
        Create(path, $"must be {expected}, but is {found.Kind}", origin);

    /// <summary>As <see cref="WrongType"/>, with the text found, for settings that cannot hold a secret.</summary>
    public static HubStartupException WrongValue(string path, string expected, string found, SettingOrigin? origin) =>
        Create(path, $"must be {expected}, but is {Quote(found)}", origin);

    public static string Quote(string text) => $"\"{OneLine(text, LongestQuote)}\"";

    /// <summary>Keeps what somebody wrote on one line and within bounds.</summary>
    private static string OneLine(string text, int longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= longest)
            {
                return line.Append('…').ToString();
            }

            line.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? "?" : rune.ToString());
        }

        return line.ToString();
    }
}
