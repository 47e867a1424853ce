namespace JupyterHub.Core.Tokens.Listing;

/// <summary>By what a listing of tokens is sorted. What has no such time is the earliest use and the latest expiry.</summary>
internal enum TokenSort
{
    LastUse,
    Created,
    Expires,
}
