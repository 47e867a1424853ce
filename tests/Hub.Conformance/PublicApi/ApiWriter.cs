using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>Writes everything that a program outside an assembly can see: a line per type, indented lines for members.</summary>
internal static class ApiWriter
{
    public static string Write(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetTypes().Where(Visibility.IsVisible).OrderBy(TypeNames.Definition, StringComparer.Ordinal))
        {
            text.Append(TypeLine(type)).Append('\n');
            foreach (var line in MemberLines(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> MemberLines(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        return type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => Visibility.IsVisible(member) && !RecordMembers.IsMadeByCompiler(member))
            .Select(MemberWriter.Write)
            .OfType<string>();
    }

    private static string TypeLine(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke)
        {
            return $"delegate {MemberWriter.Signature(invoke, TypeNames.Definition(type))}";
        }

        var inherited = type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [parent] : Array.Empty<Type>();
        var interfaces = type.IsEnum ? [] : OwnInterfaces(type).Where(item => Visibility.IsVisible(item));
        var bases = inherited.Concat(interfaces).Select(item => TypeNames.Write(item, null)).ToList();
        if (type.IsEnum && type.GetEnumUnderlyingType() != typeof(int))
        {
            bases.Add(TypeNames.Write(type.GetEnumUnderlyingType(), null));
        }

        return $"{Kind(type)} {TypeNames.Definition(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}{Constraints(type)}";
    }

    private static string Constraints(Type type) => string.Concat(type.GetGenericArguments().Select(MemberWriter.Constraint));

    private static IEnumerable<Type> OwnInterfaces(Type type)
    {
        var all = type.GetInterfaces();
        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(all.SelectMany(item => item.GetInterfaces())).ToHashSet();
        return all.Where(item => !inherited.Contains(item)).OrderBy(item => TypeNames.Write(item, null), StringComparer.Ordinal);
    }

    private static string Kind(Type type)
    {
        var flags = type.IsEnum && type.IsDefined(typeof(FlagsAttribute), false) ? "[Flags] " : "";
        var record = RecordMembers.IsRecord(type) ? "record " : "";
        return type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => flags + "enum",
            { IsValueType: true } when type.IsDefined(typeof(IsReadOnlyAttribute), false) => $"readonly {record}struct",
            { IsValueType: true } => $"{record}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => $"abstract {record}class",
            { IsSealed: true } => $"sealed {record}class",
            _ => $"{record}class",
        };
    }
}
