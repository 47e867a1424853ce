using System.Text.Json;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes tokens (contract 3); the clear text only where one was made just now.</summary>
internal sealed class TokenModels(PendingActivity activity)
{
    public void Write(Utf8JsonWriter writer, TokenRecord token, string? clearText = null)
    {
        var row = token.Row;
        writer.WriteStartObject();
        writer.WriteString(row.User is null ? "service" : "user", row.User?.Name ?? row.Service?.Name);
        writer.WriteString("id", $"a{row.Id}");
        writer.WriteString("kind", "api_token");

        // Tokens held roles before 3.0; clients still find the key.
        ModelJson.WriteStrings(writer, "roles", []);
        ModelJson.WriteStrings(writer, "scopes", token.Scopes);
        writer.WriteString("created", ModelJson.Timestamp(row.Created));
        writer.WriteString("last_activity", ModelJson.Timestamp(activity.OfToken(row.Id, row.LastActivity)));
        writer.WriteString("expires_at", ModelJson.Timestamp(row.ExpiresAt));
        writer.WriteString("note", row.Note);
        writer.WriteString("session_id", row.SessionId);
        writer.WriteString("oauth_client", token.ClientName);
        if (clearText is not null)
        {
            writer.WriteString("token", clearText);
        }

        writer.WriteEndObject();
    }
}
