using System.Net;
using System.Text.Json.Serialization;

namespace JupyterHub.Core.Servers;

/// <summary>One event of a start's progress, in the form that the API sends.</summary>
internal sealed record ProgressEvent
{
    [JsonPropertyName("progress")]
    public required int Percent { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    [JsonPropertyName("html_message")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HtmlMessage { get; init; }

    [JsonPropertyName("ready")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ready { get; init; }

    [JsonPropertyName("failed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Failed { get; init; }

    [JsonPropertyName("url")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>No event follows.</summary>
    [JsonIgnore]
    public bool IsFinal => Ready || Failed;

    public static ProgressEvent Requested { get; } = new() { Percent = 0, Message = "Server requested" };

    public static ProgressEvent ReadyAt(string url)
    {
        var html = WebUtility.HtmlEncode(url);
        return new()
        {
            Percent = 100,
            Ready = true,
            Message = $"Server ready at {url}",
            HtmlMessage = $"Server ready at <a href=\"{html}\">{html}</a>",
            Url = url,
        };
    }

    public static ProgressEvent FailedBecause(ServerFailure failure) => new()
    {
        Percent = 100,
        Failed = true,
        Message = failure.Reason == ServerFailureReason.Cancelled ? failure.Message : $"Spawn failed: {failure.Message}",
    };
}
