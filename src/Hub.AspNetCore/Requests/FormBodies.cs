using System.Text;
using JupyterHub.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>Reads form bodies, bounded.</summary>
internal static class FormBodies
{
    private const int MaxLength = BodyBytes.MaxLength;

    private static readonly FormOptions Limits = new()
    {
        BufferBodyLengthLimit = MaxLength,
        KeyLengthLimit = 1024,
        MultipartBodyLengthLimit = MaxLength,
        ValueCountLimit = 512,
        ValueLengthLimit = 64 * 1024,
    };

    /// <summary>The form of a request that carries one; otherwise an empty one.</summary>
    /// <exception cref="HubHttpException">400: the body is malformed or over the limits.</exception>
    public static async Task<IFormCollection> FormAsync(this HubRequest request)
    {
        var http = request.Http.Request;
        if (!http.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        if (request.Http.Features.Get<IFormFeature>() is not BoundedForm)
        {
            request.Http.Features.Set<IFormFeature>(new BoundedForm(http));
        }

        try
        {
            http.EnableBuffering(bufferThreshold: MaxLength, bufferLimit: MaxLength);
            var form = await http.ReadFormAsync(request.Aborted);
            http.Body.Position = 0;
            return form;
        }
        catch (Exception problem) when (problem is InvalidDataException or BadHttpRequestException or IOException)
        {
            throw HubHttpException.BadRequest("The form cannot be read, or is too large.");
        }
    }

    /// <summary>The last value of a field, trimmed; null if it is absent.</summary>
    public static async Task<string?> FormValueAsync(this HubRequest request, string name)
    {
        var form = await request.FormAsync();
        return form.TryGetValue(name, out var values) && values.Count > 0 ? values[^1]?.Trim() : null;
    }

    /// <summary>The body as text, for protocols that define its reading themselves; also after it was read as a form.</summary>
    /// <exception cref="HubHttpException">413: it is over the limit.</exception>
    public static async Task<string> RawTextAsync(this HubRequest request) => Encoding.UTF8.GetString(await request.ReadBytesAsync());

    private sealed class BoundedForm(HttpRequest request) : FormFeature(request, Limits);
}
