using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Caching;
using JupyterHub.Core.Data;
using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes services (contract 3). Only a service's own identity is served so far.</summary>
internal sealed class ServiceModel(IHubDatabase database, HubAddresses addresses)
{
    private const int Remembered = 1024;

    private readonly KeptReads<string, HubService> services = new(database, Remembered);

    public Task<HubService?> LoadAsync(string name, CancellationToken cancellationToken) => services.GetAsync(
        name,
        (db, token) => db.Services
            .Include(service => service.Roles).ThenInclude(held => held.Role)
            .SingleOrDefaultAsync(service => service.Name == name, token),
        cancellationToken);

    public void WriteSelf(Utf8JsonWriter writer, HubService service, Requester requester, IReadOnlyDictionary<string, object?> details)
    {
        var self = Resource.Service(service.Name);
        writer.WriteStartObject();
        writer.WriteString("kind", "service");
        writer.WriteString("name", service.Name);
        writer.WriteBoolean("admin", service.Admin);
        if (requester.Allows("read:roles:services", self))
        {
            ModelJson.WriteStrings(writer, "roles", service.Roles.Select(held => held.Role!.Name).Order(StringComparer.Ordinal));
        }

        if (requester.Allows("read:services", self))
        {
            WriteSettings(writer, service);
        }

        ModelJson.WriteDetails(writer, details);
        writer.WriteEndObject();
    }

    private void WriteSettings(Utf8JsonWriter writer, HubService service)
    {
        writer.WriteString("url", service.Url);
        writer.WriteString("prefix", service.Url is null ? "" : $"{addresses.BasePath}services/{PathNames.Escape(service.Name)}/");
        ModelJson.WriteStrings(writer, "command", service.Command ?? []);
        writer.WriteNumber("pid", service.Pid ?? 0);
        ModelJson.WriteNode(writer, "info", service.Info);
        if (service.Display is { } isDisplayed)
        {
            writer.WriteBoolean("display", isDisplayed);
        }
        else
        {
            writer.WriteNull("display");
        }
    }
}
