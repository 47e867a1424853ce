using JupyterHub.Core.Configuration.Sources;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Remembers where each setting came from, so that a value found wrong later can be pointed at.</summary>
internal sealed class SettingOrigins
{
    private readonly Dictionary<string, GivenSetting> given = new(StringComparer.OrdinalIgnoreCase);

    public void Record(string path, string writtenAs, SettingOrigin origin) => given[path] = new GivenSetting(writtenAs, origin);

    /// <summary>The place of a setting, or of the closest one around it; null if it was set in code or not at all.</summary>
    public GivenSetting? Find(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf(':', end - 1))
        {
            if (given.TryGetValue(path[..end], out var found))
            {
                return found with { WrittenAs = found.WrittenAs + path[end..] };
            }
        }

        return null;
    }

    public bool Contains(string path) => given.ContainsKey(path);
}
