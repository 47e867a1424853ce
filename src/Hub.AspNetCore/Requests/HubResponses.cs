using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>The few forms in which the hub answers.</summary>
internal static class HubResponses
{
    /// <summary>Answers are never part of a page, so markup in them stays readable.</summary>
    internal static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task JsonAsync(this HubRequest request, int status, JsonNode? body) =>
        request.JsonAsync(status, writer =>
        {
            if (body is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                body.WriteTo(writer);
            }
        });

    public static async Task JsonAsync(this HubRequest request, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = JsonBuffer.Rent();
        buffer.Write(write);
        var response = request.Http.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        if (EntityTags.IsUnchanged(request, status, buffer.Written.Span))
        {
            buffer.Return();
            return;
        }

        response.ContentLength = buffer.Written.Length;
        if (!HttpMethods.IsHead(request.Http.Request.Method))
        {
            await response.Body.WriteAsync(buffer.Written, request.Aborted);
        }

        buffer.Return();
    }

    /// <summary>Writes a long body straight into the response. Whatever can be refused has been by then.</summary>
    public static async Task JsonStreamAsync(this HubRequest request, int status, Action<Utf8JsonWriter> write)
    {
        var response = request.Http.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        try
        {
            await using var writer = new Utf8JsonWriter(response.BodyWriter, Writing);
            write(writer);
        }
        catch
        {
            // Half of a body is in the pipe: nothing that follows could make sense.
            request.Http.Abort();
            throw;
        }

        await response.BodyWriter.FlushAsync(request.Aborted);
    }

    /// <summary>A status without a body; clients of the original meet <c>text/plain</c> here.</summary>
    public static Task EmptyAsync(this HubRequest request, int status, string? contentType = null)
    {
        request.Http.Response.StatusCode = status;
        request.Http.Response.ContentType = contentType;
        return Task.CompletedTask;
    }

    public static Task RedirectAsync(this HubRequest request, string location, int status = StatusCodes.Status302Found)
    {
        request.Http.Response.StatusCode = status;
        request.Http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
