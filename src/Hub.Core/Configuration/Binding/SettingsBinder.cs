using System.Reflection;
using JupyterHub.Core.Configuration.Sources;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>
/// Writes one source's settings over an options object. Bound one after the other, the weakest source first, values and nested
/// sections merge by key while a later list replaces an earlier one whole, and what code set holds where no source speaks.
/// </summary>
internal sealed class SettingsBinder
{
    private readonly BindingContext context;
    private readonly ValueBinder values;

    public SettingsBinder(BindingContext context)
    {
        this.context = context;
        values = new ValueBinder(context, this);
    }

    /// <summary>Binds a section.</summary>
    /// <param name="target">The options object.</param>
    /// <param name="section">What the source says.</param>
    /// <param name="path">The section's key.</param>
    /// <param name="skips">Says of a name that is no setting of the object whether to pass it over; otherwise it is an error.</param>
    public void Bind(object target, SettingMap section, SectionPath path, Func<string, bool>? skips = null)
    {
        var shape = OptionsShape.Of(target.GetType());
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in section.Entries)
        {
            var property = shape.Find(KnownSettings.Canonical(path.Path, name));
            if (property is null && skips?.Invoke(name) == true)
            {
                continue;
            }

            if (property is null)
            {
                throw UnknownSettings.Explain(path, name, shape.Names, context.Origin);
            }

            if (!seen.TryAdd(property.Name, name))
            {
                throw Twice(path, seen[property.Name], name);
            }

            BindProperty(target, property, node, path.Below(property.Name, name));
        }
    }

    private void BindProperty(object target, PropertyInfo property, SettingNode node, SectionPath path)
    {
        if (node is SettingScalar { Type: SettingScalarType.Null } && IsNullable(property))
        {
            property.SetValue(target, null);
        }
        else
        {
            var value = values.Bind(node, property.PropertyType, property.GetValue(target), path);
            property.SetValue(target, property.IsDefined(typeof(HubPathAttribute)) ? Resolved(value, path) : value);
        }

        context.Given.Record(path.Path, path.WrittenAs, context.Origin);
    }

    private object? Resolved(object? value, SectionPath path) => value switch
    {
        string { Length: > 0 } text => context.Resolve(text) ?? throw SettingErrors.WrongValue(path.WrittenAs, "a path", text, context.Origin),
        List<string> paths => paths.ConvertAll(text => (string)Resolved(text, path)!),
        _ => value,
    };

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);

    private HubStartupException Twice(SectionPath path, string first, string second) =>
        string.Equals(first, second, StringComparison.OrdinalIgnoreCase)
            ? SettingErrors.Create($"{path}:{second}", "is given twice", context.Origin)
            : SettingErrors.Create($"{path}:{second}", $"is another name of {first}; give only one of them", context.Origin);
}
