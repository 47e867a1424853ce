using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>Sees a change inside a JSON object, not only its replacement.</summary>
internal sealed class JsonObjectComparer() : ValueComparer<JsonObject?>(
    (left, right) => JsonNode.DeepEquals(left, right),
    value => value == null ? 0 : value.Count,
    value => value == null ? null : (JsonObject)value.DeepClone());
