using System.Reflection;
using System.Runtime.CompilerServices;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>Members that every record has: saying "record" says them.</summary>
internal static class RecordMembers
{
    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute), false));

    public static bool IsMadeByCompiler(MemberInfo member) =>
        member is MethodInfo { Name: "<Clone>$" }
        || (IsRecord(member.DeclaringType!) && member switch
        {
            MethodInfo method => method.IsDefined(typeof(CompilerGeneratedAttribute), false) && !method.IsSpecialName
                || method.Name is "op_Equality" or "op_Inequality",
            PropertyInfo { Name: "EqualityContract" } => true,
            ConstructorInfo constructor => constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType,
            _ => false,
        });
}
