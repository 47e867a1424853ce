namespace JupyterHub.Core.Shares;

/// <summary>A part of a listing, and how many rows there are.</summary>
internal sealed record SharePage<T>(IReadOnlyList<T> Items, int Total);
