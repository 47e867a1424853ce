using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace JupyterHub.Client.Http;

/// <summary>Reads a listing page by page. The address of the next page is built here: the token goes nowhere else.</summary>
internal static class PagedList
{
    public const string MediaType = "application/jupyterhub-pagination+json";

    public static async IAsyncEnumerable<TItem> ReadAsync<TPage, TItem>(
        HubApi api,
        string path,
        int? pageSize,
        JsonTypeInfo<TPage> type,
        [EnumeratorCancellation] CancellationToken cancellation = default)
        where TPage : class, IPage<TItem>
    {
        if (pageSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(pageSize));
        }

        var offset = 0;
        var limit = pageSize;
        while (true)
        {
            var page = await PageAsync(api, path, offset, limit, type, cancellation);
            foreach (var item in page.AllItems)
            {
                yield return item;
            }

            // A hub that does not advance would be asked for ever.
            if (page.Pagination?.Next is not { } next || next.Offset <= offset)
            {
                yield break;
            }

            (offset, limit) = (next.Offset, next.Limit ?? limit);
        }
    }

    private static async Task<TPage> PageAsync<TPage>(HubApi api, string path, int offset, int? limit, JsonTypeInfo<TPage> type, CancellationToken cancellation)
        where TPage : class
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var query = offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{mark}offset={offset}");
        if (limit is not null)
        {
            query += string.Create(CultureInfo.InvariantCulture, $"{(query.Length == 0 ? mark : '&')}limit={limit}");
        }

        using var answer = await api.SendAsync(HttpMethod.Get, path + query, null, cancellation, MediaType);
        return await HubApi.ReadAsync(answer, type, cancellation);
    }
}
