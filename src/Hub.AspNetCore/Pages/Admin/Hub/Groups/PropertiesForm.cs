using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>Reads the properties of a group from a form: as JSON, or as names with simple values. Null where something is wrong, and the form knows what.</summary>
internal static class PropertiesForm
{
    public const string TextType = "text";
    public const string NumberType = "number";
    public const string FlagType = "flag";

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static JsonObject? OfText(string text, RejectedForm form, PageTexts texts)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: Reading) is JsonObject properties)
            {
                JsonBodies.Touch(properties);
                return Bounded(properties, "json", form);
            }

            form.Errors["json"] = texts["Properties are an object: write them between { and }."];
        }
        catch (JsonException problem) when (problem is { LineNumber: { } line, BytePositionInLine: { } column })
        {
            form.Errors["json"] = texts["This is not JSON: line {0}, place {1}.", line + 1, column + 1];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            form.Errors["json"] = texts["This JSON cannot be stored: a name stands there twice, or a text is broken."];
        }

        return null;
    }

    /// <param name="form">The form with its rows.</param>
    /// <param name="current">What there is: values that are no simple ones are not on the form, and stay.</param>
    /// <param name="rejected">Takes what is wrong.</param>
    /// <param name="texts">The reader's language.</param>
    public static JsonObject? OfPairs(IFormCollection form, JsonObject current, RejectedForm rejected, PageTexts texts)
    {
        var (names, types, values) = (form["name"], form["type"], form["value"]);
        var properties = new JsonObject();
        foreach (var (name, value) in current.Where(property => !IsSimple(property.Value)))
        {
            properties[name] = value?.DeepClone();
        }

        for (var row = 0; row < names.Count; row++)
        {
            var name = names[row]?.Trim() ?? "";
            if (name.Length == 0)
            {
                // An empty row, or one whose name was taken away, is no property.
                continue;
            }

            var value = Value(row < types.Count ? types[row] : null, row < values.Count ? values[row] ?? "" : "");
            if (value is null)
            {
                rejected.Errors[$"value-{row}"] = types[row] == NumberType ? texts["Enter a number, such as 12 or 0.5."] : texts["Enter true or false."];
            }
            else if (!properties.TryAdd(name, value))
            {
                rejected.Errors[$"value-{row}"] = texts["There is a property {0} already.", name];
            }
        }

        return rejected.Errors.Count == 0 ? Bounded(properties, "properties", rejected) : null;
    }

    public static bool IsSimple(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static JsonValue? Value(string? type, string text) => type switch
    {
        NumberType => Number(text.Trim()),
        FlagType => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : null,
        _ => JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Bounded(JsonObject properties, string field, RejectedForm form)
    {
        try
        {
            return GroupBody.Properties(properties);
        }
        catch (HubHttpException tooLong)
        {
            form.Errors[field] = tooLong.Message;
            return null;
        }
    }
}
