using System.Text;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Api.OpenApi;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Makes requests to every endpoint, by a seed: some are right, most have something wrong with them.</summary>
internal sealed class RequestMaker(HubRouteTable table, JsonObject schemas, FuzzNames names, IReadOnlyList<string> credentials, IReadOnlyList<string> tokens)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X", "_"];

    private readonly BodyMaker bodies = new(schemas, names);

    /// <summary>All endpoints but the one that ends the hub; the API's twice as often as pages.</summary>
    private readonly HubRoute[] routes =
        [.. table.Routes.Where(route => route.Pattern != "api/shutdown").SelectMany(route => Enumerable.Repeat(route, route.Kind == HubRouteKind.Api ? 2 : 1))];

    public FuzzRequest Make(Random random)
    {
        var route = routes[random.Next(routes.Length)];
        var isSpoilt = random.Next(5) > 1;
        var method = isSpoilt && random.Next(6) == 0 ? random.Next(60) == 0 ? new string('M', 300) : Pick(Methods, random) : route.Method;
        var target = "/hub/" + Path(route, random, isSpoilt) + Query(route, random, isSpoilt);
        if (isSpoilt && random.Next(25) == 0)
        {
            target = Bend(target, random);
        }

        var body = Body(route, random, isSpoilt);
        return new FuzzRequest(method, target, Headers(route, random, isSpoilt), body, IsChunked: body.Length > 0 && random.Next(5) == 0);
    }

    private static string Path(HubRoute route, Random random, bool isSpoilt)
    {
        var parts = route.Pattern.Split('/').Select(part => part.StartsWith('{') ? FuzzNames.Path(part.Trim('{', '}', '*'), random) : part).ToList();
        var named = Enumerable.Range(0, parts.Count).Where(index => route.Pattern.Split('/')[index].StartsWith('{')).ToArray();
        for (var count = isSpoilt ? random.Next(3) : 0; count > 0; count--)
        {
            // Names are where it hurts; what stands between them only changes the endpoint.
            var index = named.Length > 0 && random.Next(4) > 0 ? Math.Min(named[random.Next(named.Length)], parts.Count - 1) : random.Next(parts.Count);
            switch (random.Next(9))
            {
                case 0:
                    parts.Insert(index, Pick(HostileTexts.Segments, random));
                    break;
                case 1:
                    parts.RemoveAt(index);
                    parts.Add("");
                    break;
                case 2:
                    parts[index] = new string('a', random.Next(8) == 0 ? 9_000 : random.Next(200, 3_000));
                    break;
                case 3:
                    parts[index] = string.Concat(parts[index].Select(letter => $"%{(int)letter:x2}"));
                    break;
                case 4:
                    parts[index] += Pick(HostileTexts.Segments, random);
                    break;
                default:
                    parts[index] = Pick(HostileTexts.Segments, random);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    private static string Query(HubRoute route, Random random, bool isSpoilt)
    {
        string[] known = [.. route.QueryParameters, "offset", "limit", "state", "sort", "name_filter", "include_stopped_servers", "code", "id", "_xsrf", "next", "client_id", "redirect_uri"];
        var count = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        if (count == 0)
        {
            return "";
        }

        var pairs = Enumerable.Range(0, count).Select(_ =>
        {
            var name = isSpoilt && random.Next(12) == 0 ? Pick(HostileTexts.Values, random) : known[random.Next(random.Next(3) == 0 ? known.Length : Math.Min(known.Length, 6))];
            var value = isSpoilt && random.Next(40) == 0 ? new string('9', random.Next(100, 4_000)) : Pick(HostileTexts.Values, random);
            return random.Next(15) == 0 ? name : $"{name}={value}";
        });
        return "?" + string.Join(isSpoilt && random.Next(10) == 0 ? "&&;" : "&", pairs);
    }

    private static string Bend(string target, Random random) => random.Next(8) switch
    {
        0 => "/" + target,
        1 => target.Replace("/hub/", "//hub//", StringComparison.Ordinal),
        2 => target.Replace("/api/", "/API/", StringComparison.Ordinal),
        3 => target.Replace("/hub/", "/hub/../hub/", StringComparison.Ordinal),
        4 => target + "/",
        5 => target + "#fragment",
        6 => target.Replace("/hub/", "/h%75b/", StringComparison.Ordinal),
        _ => target.Replace("/hub/", "/user/ada/", StringComparison.Ordinal),
    };

    private byte[] Body(HubRoute route, Random random, bool isSpoilt)
    {
        // What fits no endpoint's schema goes to those that take none.
        var schema = schemas[route.BodySchema ?? ""] ?? (isSpoilt && random.Next(6) == 0 ? schemas["UserBody"] : null);
        if (schema is null || (route.BodySchema is not null && random.Next(10) == 0))
        {
            return [];
        }

        return !isSpoilt || random.Next(3) == 0 ? Encoding.UTF8.GetBytes(route.BodySchema == "TokenRequest" ? Form(random) : bodies.Valid(schema, random))
            : random.Next(15) == 0 ? bodies.Huge(schema, random)
            : bodies.Spoilt(schema, random);
    }

    private string Form(Random random) =>
        $"grant_type=authorization_code&code={Pick(HostileTexts.Values, random)}&client_id=service-s0&client_secret={Pick(HostileTexts.Values, random)}&token={Pick([.. tokens], random)}&redirect_uri=%2F";

    private string Headers(HubRoute route, Random random, bool isSpoilt)
    {
        var headers = new StringBuilder();
        headers.Append(isSpoilt && random.Next(10) == 0
            ? $"Authorization: {Pick(HostileTexts.Authorizations, random).Replace("{0}", Pick([.. tokens], random), StringComparison.Ordinal)}\r\n"
            : credentials[random.Next(5) > 1 ? 0 : random.Next(credentials.Count)]);
        if (route.BodySchema is not null)
        {
            headers.Append(route.BodySchema == "TokenRequest" ? "Content-Type: application/x-www-form-urlencoded\r\n" : "Content-Type: application/json\r\n");
        }

        for (var count = isSpoilt ? random.Next(4) : 0; count > 0; count--)
        {
            headers.Append(random.Next(30) == 0 ? $"X-Long: {new string('x', random.Next(1_000, 6_000))}" : Pick(HostileTexts.Headers, random)).Append("\r\n");
        }

        return headers.ToString();
    }

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];
}
