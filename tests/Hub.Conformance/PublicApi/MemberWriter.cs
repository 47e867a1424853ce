using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace JupyterHub.Conformance.PublicApi;

/// <summary>Writes one member as a line.</summary>
internal static class MemberWriter
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Null for what other lines say already: accessors of properties and events.</summary>
    public static string? Write(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when constructor.IsStatic => null,
        ConstructorInfo constructor => $"{Modifiers(constructor)}{Plain(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo method when method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => Modifiers(method) + Signature(method, method.Name),
        PropertyInfo property => Property(property),
        FieldInfo field => Field(field),
        EventInfo item => $"{Modifiers(item.AddMethod!)}event {TypeNames.Write(item.EventHandlerType!, Nullability.Create(item))} {item.Name}",
        _ => null,
    };

    public static string Signature(MethodInfo method, string name)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(item => item.Name))}>" : "";
        var constraints = method.IsGenericMethod ? string.Concat(method.GetGenericArguments().Select(Constraint)) : "";
        var returned = TypeNames.Write(method.ReturnType, Nullability.Create(method.ReturnParameter));
        return $"{returned} {name}{generic}({Parameters(method)}){constraints}";
    }

    public static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var parts = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            parts.Add("struct");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints()
            .Where(type => type != typeof(ValueType))
            .Select(type => TypeNames.Write(type, null))
            .Order(StringComparer.Ordinal));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !parts.Contains("struct"))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(Visibility.IsVisible).Select(accessor => Accessor(property, accessor));
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var main = property.GetAccessors(true).Where(Visibility.IsVisible).OrderBy(accessor => accessor.IsPublic ? 0 : 1).First();
        var type = TypeNames.Write(property.PropertyType, Nullability.Create(property));
        return $"{Modifiers(main)}{required}{type} {name} {{ {string.Join(" ", accessors)} }}";
    }

    private static string Accessor(PropertyInfo property, MethodInfo accessor)
    {
        var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var word = accessor == property.GetMethod ? "get" : isInit ? "init" : "set";
        var narrower = !accessor.IsPublic && property.GetAccessors(true).Any(other => other.IsPublic);
        return (narrower ? "protected " : "") + word + ";";
    }

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "" : "protected ";
        var type = TypeNames.Write(field.FieldType, Nullability.Create(field));
        if (field.IsLiteral)
        {
            return $"{access}const {type} {field.Name} = {Constant(field.GetRawConstantValue(), field.FieldType)}";
        }

        return $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
        {
            return access + (method.IsAbstract ? "static abstract " : "static ");
        }

        if (method.DeclaringType!.IsInterface)
        {
            return access + (method.IsAbstract ? "" : "virtual ");
        }

        var overrides = method is MethodInfo info && info.GetBaseDefinition().DeclaringType != info.DeclaringType;
        return access + method switch
        {
            { IsAbstract: true } => overrides ? "abstract override " : "abstract ",
            { IsVirtual: true, IsFinal: false } => overrides ? "override " : "virtual ",
            { IsVirtual: true } => overrides ? "sealed override " : "",
            _ => "",
        };
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? " = " + Constant(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{passed}{TypeNames.Write(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Constant(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{TypeNames.Write(type, null)}.{Enum.ToObject(type, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Plain(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }
}
