using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>Compares scopes as sets, so that reading an unordered or missing list does not count as a change.</summary>
internal sealed class ScopesComparer() : ValueComparer<List<string>>(
    (left, right) => AreEqual(left, right),
    value => value == null ? 0 : value.Count,
    value => value == null ? new List<string>() : new List<string>(value))
{
    private static bool AreEqual(List<string>? left, List<string>? right) =>
        new HashSet<string>(left ?? [], StringComparer.Ordinal).SetEquals(right ?? []);
}
