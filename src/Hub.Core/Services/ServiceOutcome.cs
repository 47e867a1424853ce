namespace JupyterHub.Core.Services;

/// <summary>What became of a request to make or delete a service. Except for <see cref="Done"/> nothing was changed.</summary>
internal enum ServiceOutcome
{
    Done,
    Exists,
    Unknown,

    /// <summary>Something about the service cannot be as it was asked for.</summary>
    Invalid,

    /// <summary>It would get what the requester does not hold.</summary>
    NotHeld,

    /// <summary>Only administrators make administrators.</summary>
    NotAdmin,

    /// <summary>The configuration declares it.</summary>
    Configured,
}
