using System.Text.Json;
using JupyterHub.Core.Authorization;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes services (contract 3). Only a service's own identity is served so far.</summary>
internal static class ServiceModel
{
    public static void WriteSelf(Utf8JsonWriter writer, Requester requester, IReadOnlyDictionary<string, object?> details)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "service");
        writer.WriteString("name", requester.Name);
        writer.WriteBoolean("admin", requester.Admin);
        ModelJson.WriteDetails(writer, details);
        writer.WriteEndObject();
    }
}
