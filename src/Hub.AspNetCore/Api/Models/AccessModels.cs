using System.Text.Json;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes what was found out about permissions.</summary>
internal static class AccessModels
{
    private const int MostScopes = 200;

    public static void Write(Utf8JsonWriter writer, AccessAnswer answer)
    {
        var explanation = answer.Explanation;
        writer.WriteStartObject();
        WriteOwner(writer, "principal", explanation.Who);
        writer.WriteBoolean("token", answer.OfToken);
        writer.WriteString("scope", explanation.Scope.Name);
        WriteResource(writer, explanation.Resource);
        writer.WriteBoolean("allowed", explanation.IsAllowed);
        writer.WriteString("denial", explanation.Denial switch
        {
            null => null,
            DenialReason.NotGranted => "not_granted",
            DenialReason.FilteredElsewhere => "filtered_elsewhere",
            _ => "token_ceiling",
        });
        writer.WriteStartArray("grants");
        foreach (var grant in answer.Grants)
        {
            WriteGrant(writer, grant);
        }

        writer.WriteEndArray();
        writer.WriteNumber("hidden_grants", answer.HiddenGrants);
        ModelJson.WriteStrings(writer, "nearest", answer.Nearest);
        writer.WriteBoolean("token_lacks_scope", explanation.TokenLacksScope);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RolePreview preview)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("allowed", preview.Refusal is null);
        writer.WriteString("refusal", preview.Refusal?.Message);
        ModelJson.WriteStrings(writer, "required_scopes", preview.Refusal?.RequiredScopes ?? []);
        writer.WriteStartArray("changes");
        foreach (var change in preview.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", KindOf(change.Who.Kind));
            writer.WriteString("name", change.Who.Name);
            var cut = WriteScopes(writer, "gained", change.Gained) | WriteScopes(writer, "lost", change.Lost);
            writer.WriteBoolean("complete", !cut);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("complete", preview.IsComplete);
        writer.WriteEndObject();
    }

    /// <summary>True if some were left out.</summary>
    private static bool WriteScopes(Utf8JsonWriter writer, string key, PermissionSet permissions)
    {
        var scopes = permissions.ToScopes();
        ModelJson.WriteStrings(writer, key, scopes.Take(MostScopes));
        return scopes.Count > MostScopes;
    }

    private static void WriteGrant(Utf8JsonWriter writer, ExplainedGrant grant)
    {
        writer.WriteStartObject();
        if (grant.Grant is RoleGrant role)
        {
            writer.WriteString("kind", "role");
            writer.WriteString("role", role.Role);
        }
        else if (grant.Grant is ShareGrant share)
        {
            writer.WriteString("kind", "share");
            writer.WriteString("server", $"{share.Server.Name}/{share.Server.ServerName}");
        }

        WriteOwner(writer, "holder", grant.Grant.Holder);
        writer.WriteString("scope", grant.DeclaredScope);
        ModelJson.WriteStrings(writer, "path", grant.Path.Select(scope => scope.Name));
        writer.WriteString("match", grant.Match.ToString().ToLowerInvariant());
        writer.WriteString("matched_group", grant.MatchedGroup);
        writer.WriteString("token_scope", grant.TokenScope);
        writer.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter writer, string key, ScopeOwner owner)
    {
        writer.WriteStartObject(key);
        writer.WriteString("kind", KindOf(owner.Kind));
        writer.WriteString("name", owner.Name);
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, Resource? resource)
    {
        if (resource is not { } entity)
        {
            writer.WriteNull("resource");
            return;
        }

        writer.WriteStartObject("resource");
        writer.WriteString("kind", KindOf(entity.Kind));
        writer.WriteString("name", entity.Kind == ResourceKind.Server ? $"{entity.Name}/{entity.ServerName}" : entity.Name);
        writer.WriteEndObject();
    }

    private static string KindOf(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
