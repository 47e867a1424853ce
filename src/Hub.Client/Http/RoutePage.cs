using System.Text.Json.Serialization;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Http;

/// <summary>A page of the proxy's routes, which are an object by their specification.</summary>
internal sealed record RoutePage : IPage<HubRoute>
{
    public IReadOnlyDictionary<string, HubRoute>? Items { get; init; }

    [JsonPropertyName("_pagination")]
    public Pagination? Pagination { get; init; }

    [JsonIgnore]
    public IEnumerable<HubRoute> AllItems => Items?.Values ?? [];
}
