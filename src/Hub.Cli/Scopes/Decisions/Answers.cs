using System.Text.Json;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Cli.Scopes.Decisions;

/// <summary>Writes answers in the form of the recording; sets are sorted by code point.</summary>
internal readonly struct Answers(Utf8JsonWriter output)
{
    public void Scopes(PermissionSet permissions)
    {
        var scopes = permissions.ToScopes();
        Begin("expect");
        Write(scopes);
        output.WriteEndObject();
    }

    public void Decision(bool decision)
    {
        Begin("expect");
        output.WriteBooleanValue(decision);
        output.WriteEndObject();
    }

    public void Resolution(ScopeResolution resolution)
    {
        Begin("expect");
        output.WriteStartArray();
        Write(resolution.Allowed);
        Write(resolution.Refused);
        output.WriteEndArray();
        output.WriteEndObject();
    }

    public void Error(string kind)
    {
        Begin("error");
        output.WriteStringValue(kind);
        output.WriteEndObject();
    }

    private void Begin(string name)
    {
        output.WriteStartObject();
        output.WritePropertyName(name);
    }

    private void Write(IEnumerable<string> scopes)
    {
        output.WriteStartArray();
        foreach (var scope in scopes)
        {
            output.WriteStringValue(scope);
        }

        output.WriteEndArray();
    }
}
