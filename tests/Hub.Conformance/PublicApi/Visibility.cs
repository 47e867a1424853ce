using System.Reflection;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>What a program in another assembly can reach, by use or by inheritance.</summary>
internal static class Visibility
{
    public static bool IsVisible(Type type) =>
        type.IsGenericParameter
        || (type.IsNested
            ? IsVisible(type.DeclaringType!) && (type.IsNestedPublic || (IsInherited(type.DeclaringType!) && (type.IsNestedFamily || type.IsNestedFamORAssem)))
            : type.IsPublic);

    public static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || (IsInherited(method.DeclaringType!) && (method.IsFamily || method.IsFamilyOrAssembly)),
        FieldInfo field => field.IsPublic || (IsInherited(field.DeclaringType!) && (field.IsFamily || field.IsFamilyOrAssembly)),
        PropertyInfo property => property.GetAccessors(true).Any(IsVisible),
        EventInfo item => IsVisible(item.AddMethod!),
        _ => false,
    };

    /// <summary>Protected members count only where somebody outside can derive.</summary>
    private static bool IsInherited(Type type) => !type.IsSealed;
}
