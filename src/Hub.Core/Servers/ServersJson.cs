using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JupyterHub.Core.Servers;

/// <summary>Source-generated JSON of this feature.</summary>
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class ServersJson : JsonSerializerContext;
