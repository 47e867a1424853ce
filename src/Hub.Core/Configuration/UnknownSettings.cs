using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration;

/// <summary>Explains a name that is not served: one for a later version, one in the wrong place, or a slip.</summary>
internal static class UnknownSettings
{
    public static HubStartupException Explain(SectionPath section, string name, IEnumerable<string> served, SettingOrigin origin) =>
        SettingErrors.Create($"{section}:{name}", Reason(section.Path, name, served), origin);

    private static string Reason(string section, string name, IEnumerable<string> served)
    {
        if (KnownSettings.Contains(section, name))
        {
            return "is known, but this version does not serve it yet";
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            return "is not a known setting; write sections as nested objects";
        }

        var near = NearestName.Find(name, served) ?? NearestName.Find(name, KnownSettings.Of(section));
        if (near is not null)
        {
            return $"is not a known setting; did you mean {near}?";
        }

        return KnownSettings.Elsewhere(name) is { } elsewhere
            ? $"is not a known setting; did you mean {elsewhere}?"
            : "is not a known setting";
    }
}
