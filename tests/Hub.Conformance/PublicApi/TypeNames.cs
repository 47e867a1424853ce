using System.Reflection;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>Writes types as C# does.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(char)] = "char", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>With a question mark wherever null may come or go.</summary>
    public static string Write(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Write(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying, null) + "?";
        }

        var mark = !type.IsValueType && nullability is { } info && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable)
            ? "?"
            : "";
        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        return Name(type, nullability) + mark;
    }

    /// <summary>Namespace, name and parameters of a definition: <c>A.B.Outer.Inner&lt;T&gt;</c>.</summary>
    public static string Definition(Type type)
    {
        var name = Keywords.TryGetValue(type, out var keyword) ? keyword : Simple(type, type.GetGenericArguments().Select(item => item.Name));
        return type.Namespace is { Length: > 0 } space && keyword is null ? $"{space}.{name}" : name;
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var arguments = type.GetGenericArguments()
            .Select((item, index) => Write(item, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return Simple(type, arguments);
    }

    private static string Simple(Type type, IEnumerable<string> arguments)
    {
        var outer = type.DeclaringType is { } declaring && !type.IsGenericParameter ? Simple(declaring, []) + "." : "";
        var list = arguments.ToList();
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var name = tick < 0 ? type.Name : type.Name[..tick];
        return outer + name + (tick < 0 || list.Count == 0 ? "" : $"<{string.Join(", ", list)}>");
    }
}
