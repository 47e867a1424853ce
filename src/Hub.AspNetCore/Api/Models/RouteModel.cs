using System.Text.Json;
using JupyterHub.Core.Proxying;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Writes a route of the proxy as a member of an object (contract 2.9).</summary>
internal static class RouteModel
{
    public static void Write(Utf8JsonWriter writer, ProxyRoute route)
    {
        writer.WriteStartObject(route.Routespec);
        writer.WriteString("routespec", route.Routespec);
        writer.WriteString("target", route.Target.GetLeftPart(UriPartial.Authority));
        writer.WriteStartObject("data");
        foreach (var (name, value) in route.Data.Where(member => member.Key != "last_activity"))
        {
            ModelJson.WriteNode(writer, name, value);
        }

        if (route.LastActivity is { } at)
        {
            writer.WriteString("last_activity", ModelJson.Timestamp(at.UtcDateTime));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
