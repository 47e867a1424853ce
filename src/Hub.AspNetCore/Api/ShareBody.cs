using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that gives or takes a share: one recipient, and scopes or none.</summary>
internal sealed record ShareBody(ShareRecipient Recipient, IReadOnlyList<string> Scopes)
{
    public const int MostScopes = 200;

    private static readonly Dictionary<string, JsonValueKind[]> Keys = new(StringComparer.Ordinal)
    {
        ["user"] = [JsonValueKind.String, JsonValueKind.Null],
        ["group"] = [JsonValueKind.String, JsonValueKind.Null],
        ["scopes"] = [JsonValueKind.Array, JsonValueKind.Null],
    };

    public static ShareBody Parse(JsonObject? body)
    {
        BodyShape.Check(body ?? [], "share", Keys);
        var user = (string?)body?["user"];
        var group = (string?)body?["group"];
        if (!string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(group))
        {
            throw HubHttpException.BadRequest("Expected exactly one of `user` or `group`, not both.");
        }

        var recipient = !string.IsNullOrEmpty(user) ? new ShareRecipient(IsGroup: false, user)
            : !string.IsNullOrEmpty(group) ? new ShareRecipient(IsGroup: true, group)
            : throw HubHttpException.BadRequest("Specify exactly one of `user` or `group`");
        return new ShareBody(recipient, BodyShape.Texts(body!["scopes"], "share.scopes", MostScopes));
    }
}
