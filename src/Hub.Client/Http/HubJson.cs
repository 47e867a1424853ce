using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JupyterHub.Client.Authentication;
using JupyterHub.Client.Models;

namespace JupyterHub.Client.Http;

/// <summary>Everything that is read from or written to a hub.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubError))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(HubInfo))]
[JsonSerializable(typeof(HubIdentity))]
[JsonSerializable(typeof(HubUser))]
[JsonSerializable(typeof(List<HubUser>))]
[JsonSerializable(typeof(Page<HubUser>))]
[JsonSerializable(typeof(UserPatch))]
[JsonSerializable(typeof(UsersBody))]
[JsonSerializable(typeof(ActivityBody))]
[JsonSerializable(typeof(HubServer))]
[JsonSerializable(typeof(ServerOptions))]
[JsonSerializable(typeof(ServerPatch))]
[JsonSerializable(typeof(StopBody))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(HubToken))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(HubGroup))]
[JsonSerializable(typeof(List<HubGroup>))]
[JsonSerializable(typeof(Page<HubGroup>))]
[JsonSerializable(typeof(GroupsBody))]
[JsonSerializable(typeof(HubService))]
[JsonSerializable(typeof(Dictionary<string, HubService>))]
[JsonSerializable(typeof(ServiceDefinition))]
[JsonSerializable(typeof(RoutePage))]
[JsonSerializable(typeof(ProxyBody))]
[JsonSerializable(typeof(ShutdownBody))]
[JsonSerializable(typeof(HubShare))]
[JsonSerializable(typeof(Page<HubShare>))]
[JsonSerializable(typeof(HubShareCode))]
[JsonSerializable(typeof(Page<HubShareCode>))]
[JsonSerializable(typeof(CreatedShareCode))]
[JsonSerializable(typeof(ShareBody))]
[JsonSerializable(typeof(HubRole))]
[JsonSerializable(typeof(Page<HubRole>))]
[JsonSerializable(typeof(NewRole))]
[JsonSerializable(typeof(RolePatch))]
[JsonSerializable(typeof(RoleExpiryBody))]
[JsonSerializable(typeof(RolePreview))]
[JsonSerializable(typeof(RolePreviewBody))]
[JsonSerializable(typeof(AccessExplanation))]
[JsonSerializable(typeof(ExplainBody))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(PendingSignIn))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class HubJson : JsonSerializerContext;
