namespace JupyterHub.Proxy.ChpApi;

/// <summary>A request of the API that is answered with an error.</summary>
internal sealed class ChpApiException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;

    public static ChpApiException BadRequest(string message) => new(400, message);
}
