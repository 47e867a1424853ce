using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>Compares commands item by item.</summary>
internal sealed class CommandComparer() : ValueComparer<List<string>?>(
    (left, right) => left == null ? right == null : right != null && left.SequenceEqual(right),
    value => value == null ? 0 : value.Count,
    value => value == null ? null : new List<string>(value));
