using System.Text;
using JupyterHub.Core.Addressing;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Errors;

/// <summary>
/// Tells in a header which scopes would have sufficed. All of it comes from the endpoint and from the request's own path, so that nobody
/// learns what they did not know.
/// </summary>
internal static class RequiredScopes
{
    public const string HeaderName = "JupyterHub-Required-Scopes";

    private const int MostScopes = 16;
    private const int LongestScope = 1024;

    /// <summary>No entity has a longer name, so a longer one in a path is not worth repeating.</summary>
    private const int LongestName = 255;

    /// <summary>The scopes, each with the narrowest filter that covers the entity. Names are percent-encoded as in paths.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<string> scopes, Resource? resource)
    {
        var filter = resource is { } entity && entity.Name.Length + (entity.ServerName?.Length ?? 0) <= LongestName ? FilterOf(entity) : "";
        return filter.Length == 0 ? scopes : [.. scopes.Select(scope => scope + filter)];
    }

    /// <summary>Adds the header to a refusal that scopes caused.</summary>
    public static void Show(HttpResponse response, int status, Exception problem)
    {
        if (status is 403 or 404 && problem is HubHttpException { RequiredScopes: { Count: > 0 } scopes })
        {
            response.Headers[HeaderName] = string.Join(", ", scopes.Take(MostScopes).Select(Printable));
        }
    }

    private static string FilterOf(Resource resource) => resource.Kind switch
    {
        ResourceKind.Server => $"!server={PathNames.Escape(resource.Name)}/{PathNames.Escape(resource.ServerName ?? "")}",
        ResourceKind.User => $"!user={PathNames.Escape(resource.Name)}",
        ResourceKind.Group => $"!group={PathNames.Escape(resource.Name)}",
        _ => $"!service={PathNames.Escape(resource.Name)}",
    };

    /// <summary>Handlers may name entities as they are: whatever would break the header, or its list, is encoded here.</summary>
    private static string Printable(string scope)
    {
        if (scope.Length > LongestScope)
        {
            var filter = scope.IndexOf('!', StringComparison.Ordinal);
            scope = scope[..(filter is >= 0 and <= LongestScope ? filter : LongestScope)];
        }

        return scope.All(IsPlain) ? scope : string.Concat(scope.EnumerateRunes().Select(Encode));
    }

    private static string Encode(Rune rune) => rune.Value < 0x80 && IsPlain((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString());

    private static bool IsPlain(char letter) => letter is > ' ' and < (char)0x7f and not (',' or '"');
}
