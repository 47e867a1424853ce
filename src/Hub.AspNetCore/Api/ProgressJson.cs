using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Events in JSON. They are never part of a page, so markup in them stays readable.</summary>
[JsonSerializable(typeof(ProgressEvent))]
internal sealed partial class ProgressJson : JsonSerializerContext
{
    public static ProgressJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
