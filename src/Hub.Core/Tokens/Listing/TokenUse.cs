namespace JupyterHub.Core.Tokens.Listing;

/// <summary>Which tokens a listing is to hold, by whether they are of use to anybody.</summary>
internal enum TokenUse
{
    /// <summary>All of them.</summary>
    Any,

    /// <summary>Those that nobody has shown yet.</summary>
    NeverUsed,

    /// <summary>Those that were neither shown nor made for a long time (<see cref="TokenListing.LongTime"/>).</summary>
    UnusedForLong,

    /// <summary>Those that stay until somebody revokes them.</summary>
    NeverExpires,
}
