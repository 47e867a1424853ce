using System.Text.Json.Serialization;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Api;

[JsonSerializable(typeof(ProgressEvent))]
internal sealed partial class ProgressJson : JsonSerializerContext;
