using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace JupyterHub.Core.Authentication.AuthState;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class AuthStateJson : JsonSerializerContext;
