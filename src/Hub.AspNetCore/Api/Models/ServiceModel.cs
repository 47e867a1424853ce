using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes services: the keys that a requester may see (contract 3).</summary>
internal sealed class ServiceModel(ServiceListing services, HubAddresses addresses)
{
    public Task<HubService?> LoadAsync(string name, CancellationToken cancellationToken) => services.FindAsync(name, cancellationToken);

    /// <summary>A service as others see it: what was left open has its default.</summary>
    public void Write(Utf8JsonWriter writer, HubService service, Authority requester)
    {
        writer.WriteStartObject();
        WriteKeys(writer, service, VisibleFields.OfService(requester.Permissions, service.Name, requester.Membership), hasDefaults: true);
        writer.WriteEndObject();
    }

    /// <summary>A service as it sees itself, whose name and flag it may always know; what was left open is null, as clients have it from the original.</summary>
    public void WriteSelf(Utf8JsonWriter writer, HubService service, Requester requester, IReadOnlyDictionary<string, object?> details)
    {
        var authority = requester.Authority;
        var visible = VisibleFields.OfService(authority.Permissions, service.Name, authority.Membership);
        writer.WriteStartObject();
        WriteKeys(writer, service, visible | ServiceFields.Name | ServiceFields.Admin, hasDefaults: false);
        ModelJson.WriteDetails(writer, details);
        writer.WriteEndObject();
    }

    private void WriteKeys(Utf8JsonWriter writer, HubService service, ServiceFields visible, bool hasDefaults)
    {
        if (visible != ServiceFields.None)
        {
            writer.WriteString("kind", "service");
            writer.WriteString("name", service.Name);
        }

        if (visible.HasFlag(ServiceFields.Admin))
        {
            writer.WriteBoolean("admin", service.Admin);
        }

        if (visible.HasFlag(ServiceFields.Roles))
        {
            ModelJson.WriteStrings(writer, "roles", service.Roles.Select(held => held.Role!.Name).Order(StringComparer.Ordinal));
        }

        if (visible.HasFlag(ServiceFields.Details))
        {
            WriteDetails(writer, service, hasDefaults);
        }
    }

    private void WriteDetails(Utf8JsonWriter writer, HubService service, bool hasDefaults)
    {
        writer.WriteString("url", service.Url ?? (hasDefaults ? "" : null));
        writer.WriteString("prefix", string.IsNullOrEmpty(service.Url) ? "" : ServiceRoutes.PrefixOf(addresses, service.Name));
        ModelJson.WriteStrings(writer, "command", service.Command ?? []);
        writer.WriteNumber("pid", service.Pid ?? 0);
        ModelJson.WriteNode(writer, "info", service.Info ?? (hasDefaults ? [] : null));
        if ((service.Display ?? (hasDefaults ? true : null)) is { } isDisplayed)
        {
            writer.WriteBoolean("display", isDisplayed);
        }
        else
        {
            writer.WriteNull("display");
        }
    }
}
