using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The body of a request that makes a share code: scopes or none, and how long it can be exchanged.</summary>
internal sealed record ShareCodeBody(IReadOnlyList<string> Scopes, TimeSpan ExpiresIn)
{
    public const int LeastSeconds = 60;
    public const int MostSeconds = 31_536_000;
    private const int DefaultSeconds = 86_400;

    private static readonly Dictionary<string, JsonValueKind[]> Keys = new(StringComparer.Ordinal)
    {
        ["scopes"] = [JsonValueKind.Array, JsonValueKind.Null],
        ["expires_in"] = [JsonValueKind.Number],
    };

    public static ShareCodeBody Parse(JsonObject? body)
    {
        BodyShape.Check(body ?? [], "share_code", Keys);
        var seconds = body?["expires_in"] is JsonValue given ? Seconds(given) : DefaultSeconds;
        return new ShareCodeBody(BodyShape.Texts(body?["scopes"], "share_code.scopes", ShareBody.MostScopes), TimeSpan.FromSeconds(seconds));
    }

    private static int Seconds(JsonValue given) =>
        given.TryGetValue(out double number) && number is >= LeastSeconds and <= MostSeconds && double.IsInteger(number)
            ? (int)number
            : throw HubHttpException.BadRequest($"share_code.expires_in must be a whole number of seconds from {LeastSeconds} to {MostSeconds}");
}
