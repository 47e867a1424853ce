namespace JupyterHub.Core.Servers;

/// <summary>Why an operation was not begun.</summary>
internal enum ServerOperationError
{
    /// <summary>No such user, or no such server of that user.</summary>
    NotFound,

    /// <summary>Its name, its display name or one more server is against the rules for named servers.</summary>
    AgainstRules,

    /// <summary>What was chosen for it is not among what can be chosen.</summary>
    InvalidOptions,

    /// <summary>There is a server of that name already.</summary>
    AlreadyExists,

    /// <summary>It cannot be changed, because it runs or something is under way.</summary>
    Active,

    /// <summary>The server runs already.</summary>
    AlreadyRunning,

    /// <summary>It is being started already.</summary>
    Starting,

    /// <summary>Something else is under way for this server.</summary>
    Pending,

    /// <summary>Too many starts are under way; try again after <see cref="ServerOperationException.RetryAfter"/>.</summary>
    TooManySpawning,

    /// <summary>Too many servers run.</summary>
    TooManyActive,

    /// <summary>Its progress was asked for, but it is not being started.</summary>
    NotStarting,

    /// <summary>Another hub owns this server.</summary>
    OwnedElsewhere,

    /// <summary>What an earlier start left behind could not be stopped.</summary>
    NotCleanedUp,

    /// <summary>The hub is shutting down.</summary>
    ShuttingDown,
}
