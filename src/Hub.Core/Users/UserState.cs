namespace JupyterHub.Core.Users;

/// <summary>Which users a listing is to hold, by the rows of their servers (contract 2.3).</summary>
internal enum UserState
{
    /// <summary>All of them.</summary>
    Any,

    /// <summary>Those with a server that has an address, or is being given one.</summary>
    Active,

    /// <summary>The active ones; which of their servers are ready is known to the supervisor only, so a page of them may be short.</summary>
    Ready,

    /// <summary>Those without any such server.</summary>
    Inactive,
}
