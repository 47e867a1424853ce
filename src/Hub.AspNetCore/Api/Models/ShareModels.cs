using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes shares and share codes (contract 3).</summary>
internal sealed class ShareModels(HubAddresses addresses, ServerSupervisor supervisor)
{
    public void Write(Utf8JsonWriter writer, ShareDetails share)
    {
        writer.WriteStartObject();
        WriteServer(writer, share.Server);
        ModelJson.WriteStrings(writer, "scopes", share.Scopes);
        WriteName(writer, "user", share.User);
        WriteName(writer, "group", share.Group);
        writer.WriteString("kind", share.Group is null ? "user" : "group");
        writer.WriteString("created_at", ModelJson.Timestamp(share.CreatedAt));
        writer.WriteEndObject();
    }

    public void Write(Utf8JsonWriter writer, ShareCodeDetails code)
    {
        writer.WriteStartObject();
        WriteKeys(writer, code);
        writer.WriteEndObject();
    }

    /// <summary>The one time that the code itself is told.</summary>
    public void Write(Utf8JsonWriter writer, NewShareCode made)
    {
        var acceptPath = $"{addresses.HubPath}accept-share?code={made.Code}";
        writer.WriteStartObject();
        WriteKeys(writer, made.Details);
        writer.WriteString("code", made.Code);
        writer.WriteString("accept_url", acceptPath);
        writer.WriteString("full_accept_url", PublicAddress(acceptPath));
        writer.WriteEndObject();
    }

    private void WriteKeys(Utf8JsonWriter writer, ShareCodeDetails code)
    {
        WriteServer(writer, code.Server);
        ModelJson.WriteStrings(writer, "scopes", code.Scopes);
        writer.WriteString("id", code.PublicId);
        writer.WriteString("created_at", ModelJson.Timestamp(code.CreatedAt));
        writer.WriteString("expires_at", ModelJson.Timestamp(code.ExpiresAt));
        writer.WriteNumber("exchange_count", code.ExchangeCount);
        writer.WriteString("last_exchanged_at", ModelJson.Timestamp(code.LastExchangedAt));
    }

    private void WriteServer(Utf8JsonWriter writer, ServerName server)
    {
        var url = PathNames.ServerPath(addresses.BasePath, server.Owner, server.Name);
        writer.WriteStartObject("server");
        WriteName(writer, "user", server.Owner);
        writer.WriteString("name", server.Name);
        writer.WriteString("url", url);
        writer.WriteString("full_url", PublicAddress(url));
        writer.WriteBoolean("ready", supervisor.GetStatus(server.Owner, server.Name).IsReady);
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string key, string? name)
    {
        if (name is null)
        {
            writer.WriteNull(key);
            return;
        }

        writer.WriteStartObject(key);
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }

    private string? PublicAddress(string path) => addresses.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Authority) + path : null;
}
