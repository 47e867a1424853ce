using System.Text.Json.Serialization;

namespace JupyterHub.Client.Http;

/// <summary>A page whose items are a list.</summary>
internal sealed record Page<TItem> : IPage<TItem>
{
    public IReadOnlyList<TItem>? Items { get; init; }

    [JsonPropertyName("_pagination")]
    public Pagination? Pagination { get; init; }

    [JsonIgnore]
    public IEnumerable<TItem> AllItems => Items ?? [];
}
