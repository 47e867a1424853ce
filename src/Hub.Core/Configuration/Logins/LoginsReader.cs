using System.Text.RegularExpressions;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Configuration.Validation;

namespace JupyterHub.Core.Configuration.Logins;

/// <summary>Reads <c>JupyterHub:Logins</c>, an object of redirect logins by their names, over what code declares.</summary>
internal sealed partial class LoginsReader(LoginRegistry? registry, IReadOnlyList<ComponentSection> sources, string contentRoot, SettingChecks checks)
{
    private readonly LoginRegistry known = registry ?? new LoginRegistry();

    public IReadOnlyList<SelectedLogin> Read()
    {
        var names = known.Declared.Concat(sources.SelectMany(source => source.Section?.Entries.Select(entry => entry.Key) ?? [])).Distinct(StringComparer.Ordinal);
        return [.. names.Select(Read)];
    }

    private SelectedLogin Read(string name)
    {
        var path = $"{KnownSettings.Logins}:{name}";
        var sections = sources.Select(source => new ComponentSection(source.Context, SectionOf(source, name, path), new SettingMap([]))).ToList();
        var origin = sections.FindLast(section => section.Section is not null)?.Context.Origin;
        if (!Name().IsMatch(name))
        {
            throw SettingErrors.Create(path, "must have a name of lower-case letters, digits, hyphens and underscores, at most 40", origin);
        }

        var component = new ComponentReader(path, known.RegistrationsOf(name), sections).Read()
            ?? throw SettingErrors.Create(path, "declares a login, but this host registers no kind of redirect login; add one to the builder that AddJupyterHub returns", origin);
        HubPaths.Complete(component.Options, contentRoot);
        checks.Annotations(path, component.Options);
        return new SelectedLogin(name, component);
    }

    private static SettingMap? SectionOf(ComponentSection source, string name, string path) => source.Section?.Find(name, KnownSettings.Logins, source.Context.Origin) switch
    {
        null or SettingScalar { Type: SettingScalarType.Null } or SettingScalar { Type: SettingScalarType.Untyped, Text: "" } => null,
        SettingMap map => map,
        var other => throw SettingErrors.WrongType(path, "an object", other, source.Context.Origin),
    };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,39}\z")]
    private static partial Regex Name();
}
