using System.Text.Json;
using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>A property of a group on the form for simple values.</summary>
/// <param name="Name">The property's name; empty for a row that is free.</param>
/// <param name="Type">How the value is meant.</param>
/// <param name="Value">The value as text.</param>
internal sealed record PropertyRow(string Name, string Type, string Value)
{
    public static PropertyRow Free { get; } = new("", PropertiesForm.TextType, "");

    public static PropertyRow Of(string name, JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => new(name, PropertiesForm.TextType, value.GetValue<string>()),
        JsonValueKind.Number => new(name, PropertiesForm.NumberType, value.ToJsonString()),
        _ => new(name, PropertiesForm.FlagType, value.ToJsonString()),
    };
}
