using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Spawn;

/// <summary>What a link or a form says about a server that is to be started (contract 9, <c>hub/spawn</c>).</summary>
/// <param name="Fields">The fields that are options; null where there are none, as with a button that only says "start".</param>
/// <param name="DisplayName">How a new named server is to be shown.</param>
/// <param name="IsKept">Asked to start with what was chosen last.</param>
internal sealed record SpawnInput(StartFormFields? Fields, string? DisplayName, bool IsKept)
{
    /// <summary>Field of the hub's own form, so that one whose fields are all empty differs from a button.</summary>
    public const string FormField = "_form";

    /// <summary>Field of the button that tries again.</summary>
    public const string KeptField = "_kept";

    public const string DisplayNameField = "display_name";

    private const string Prefix = "opt-";

    private static readonly string[] Reserved = ["next", DisplayNameField, FormField, KeptField, XsrfTokens.Name, ""];

    public static async Task<SpawnInput> ReadAsync(HubRequest request, ServerKey key) =>
        HttpMethods.IsPost(request.Http.Request.Method) ? OfForm(key, request, await request.FormAsync()) : OfQuery(key, request);

    private static SpawnInput OfQuery(ServerKey key, HubRequest request)
    {
        var prefixed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var plain = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Http.Request.Query)
        {
            if (name == Prefix)
            {
                throw new HubHttpException(422, $"Invalid user-option name {Prefix}");
            }

            // A query that uses the prefix uses it for all options; what has none is then about something else.
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                prefixed[name[Prefix.Length..]] = [.. values.Select(value => value ?? "")];
            }
            else if (!Reserved.Contains(name, StringComparer.Ordinal))
            {
                plain[name] = [.. values.Select(value => value ?? "")];
            }
        }

        var options = prefixed.Count > 0 ? prefixed : plain;
        return new SpawnInput(
            options.Count > 0 ? new StartFormFields(key.UserName, key.ServerName, options, new Dictionary<string, IReadOnlyList<StartFormFile>>()) : null,
            NameFor(key, request.Query(DisplayNameField)),
            IsKept: false);
    }

    private static SpawnInput OfForm(ServerKey key, HubRequest request, IFormCollection form)
    {
        var values = form.Where(field => !Reserved.Contains(field.Key, StringComparer.Ordinal))
            .ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Value.Select(value => value ?? "")], StringComparer.Ordinal);
        var files = form.Files.GroupBy(file => file.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<StartFormFile>)[.. group.Select(Read)], StringComparer.Ordinal);
        var isGiven = values.Count > 0 || files.Count > 0 || form.ContainsKey(FormField);
        var displayName = form.TryGetValue(DisplayNameField, out var given) ? given.ToString().Trim() : request.Query(DisplayNameField);
        return new SpawnInput(isGiven ? new StartFormFields(key.UserName, key.ServerName, values, files) : null, NameFor(key, displayName), form.ContainsKey(KeptField));
    }

    private static string? NameFor(ServerKey key, string? displayName) => key.ServerName.Length > 0 && displayName is { Length: > 0 } ? displayName : null;

    /// <summary>The whole form was read, within its bounds, before this.</summary>
    private static StartFormFile Read(IFormFile file)
    {
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new StartFormFile(file.FileName, file.ContentType ?? "", content.ToArray());
    }
}
