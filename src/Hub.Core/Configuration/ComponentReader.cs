using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration;

/// <summary>Chooses a registered implementation by its section's <c>Type</c> and binds that section to its options.</summary>
/// <param name="path">Key of the section.</param>
/// <param name="registrations">What the host registered.</param>
/// <param name="sections">What the sources say, the weakest first.</param>
internal sealed class ComponentReader(string path, IReadOnlyList<ComponentRegistration> registrations, IReadOnlyList<ComponentSection> sections)
{
    private const string TypeName = "Type";

    private ComponentRegistration? DefaultType => registrations is [.., var last] ? last : null;

    /// <summary>The component chosen with its settings; null if the host registered none.</summary>
    public SelectedComponent? Read()
    {
        var inForce = TypesInForce();
        var chosen = inForce.Count > 0 ? inForce[^1] : DefaultType;
        if (chosen is null)
        {
            return null;
        }

        var options = chosen.CreateOptions();
        for (var index = 0; index < sections.Count; index++)
        {
            var (context, section, shorthand) = sections[index];
            var binder = new SettingsBinder(context);
            binder.Bind(options, shorthand, new SectionPath(path, KnownSettings.Root));
            if (section is not null)
            {
                var written = inForce[index];
                binder.Bind(options, section, path, name => Skips(name, chosen, written, context.Origin));
            }
        }

        return new SelectedComponent(chosen.Name, chosen.Implementation, options);
    }

    // The type that each source's section was written for: the one it names, else the one named before, else the default.
    private List<ComponentRegistration?> TypesInForce()
    {
        var current = DefaultType;
        var types = new List<ComponentRegistration?>();
        foreach (var (context, section, _) in sections)
        {
            if (section?.Find(TypeName, path, context.Origin) is { } node and not SettingScalar { Type: SettingScalarType.Null })
            {
                var name = (string)ScalarBinder.Bind(node, typeof(string), $"{path}:{TypeName}", context.Origin)!;
                context.Given.Record($"{path}:{TypeName}", $"{path}:{TypeName}", context.Origin);
                current = registrations.FirstOrDefault(registration => string.Equals(registration.Name, name, StringComparison.OrdinalIgnoreCase))
                    ?? throw UnknownType(name, context.Origin);
            }

            types.Add(current);
        }

        return types;
    }

    private HubStartupException UnknownType(string name, SettingOrigin origin) => SettingErrors.Create(
        $"{path}:{TypeName}",
        registrations.Count == 0
            ? $"names {SettingErrors.Quote(name)}, but this host registers none"
            : $"names {SettingErrors.Quote(name)}, which this host does not register; registered: {string.Join(", ", registrations.Select(known => known.Name).Order(StringComparer.Ordinal))}",
        origin);

    // A later source may choose another type; what an earlier one set for its own type alone then has no meaning.
    private bool Skips(string name, ComponentRegistration chosen, ComponentRegistration? written, SettingOrigin origin)
    {
        if (string.Equals(name, TypeName, StringComparison.OrdinalIgnoreCase) || (written != chosen && written is not null && Has(written, name)))
        {
            return true;
        }

        var owner = registrations.FirstOrDefault(registration => Has(registration, name));
        return owner is null
            ? false
            : throw SettingErrors.Create($"{path}:{name}", $"is a setting of the type {owner.Name}, but the type is {chosen.Name}", origin);
    }

    private bool Has(ComponentRegistration registration, string name) =>
        OptionsShape.Of(registration.OptionsType).Find(KnownSettings.Canonical(path, name)) is not null;
}
