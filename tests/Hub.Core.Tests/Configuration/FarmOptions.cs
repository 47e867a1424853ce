using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Configuration;

/// <summary>Settings of a third party's spawner, with every type of setting that there is.</summary>
public sealed class FarmOptions : SpawnerOptions, IValidatableObject
{
    [Range(1, 10)]
    public int Nodes { get; set; } = 1;

    public FarmMode Mode { get; set; }

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    public Uri? Endpoint { get; set; }

    public HubSecret? Key { get; set; }

    [HubPath]
    public string? Socket { get; set; }

    public ISet<string> Zones { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    public IDictionary<string, IList<string>> Pools { get; set; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    public IDictionary<string, HubSecret> Keys { get; set; } = new Dictionary<string, HubSecret>(StringComparer.Ordinal);

    public IDictionary<string, FarmImage> Images { get; set; } = new Dictionary<string, FarmImage>(StringComparer.Ordinal);

    public IList<FarmImage> Extra { get; set; } = [];

    public FarmImage Default { get; set; } = new();

    public JsonObject? Labels { get; set; }

    public HttpClient? Client { get; set; }

    public Func<string, string>? Hook { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Zones.Contains("nowhere") ? [new ValidationResult("there is no such zone", [nameof(Zones)])] : [];
}
