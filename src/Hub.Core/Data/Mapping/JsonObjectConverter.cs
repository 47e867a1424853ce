using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>A JSON object in a text column; members that mark bytes stay the objects that they are.</summary>
internal sealed class JsonObjectConverter() : ValueConverter<JsonObject?, string?>(
    value => value == null ? null : JsonText.WriteObject(value),
    text => text == null ? null : JsonText.ReadObject(text));
