namespace JupyterHub.Core.Shares;

/// <summary>What became of a request to share. Except for <see cref="Done"/> nothing was changed.</summary>
internal enum ShareOutcome
{
    Done,

    /// <summary>A scope does not exist or is limited to something else than the server.</summary>
    InvalidScope,
    UnknownServer,

    /// <summary>The requester cannot give what it does not hold.</summary>
    NotHeld,

    /// <summary>The requester may not know of the recipient.</summary>
    HiddenRecipient,
    UnknownRecipient,

    /// <summary>The share that was to be changed is there no more.</summary>
    NoShare,
}
