namespace JupyterHub.Core.Authentication;

/// <summary>How a sign-in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    Success,

    /// <summary>Name and password do not fit, or no such user: the visitor is not told which.</summary>
    WrongCredentials,

    /// <summary>Name and password fit, but the settings let this user not in.</summary>
    NotAllowed,

    /// <summary>Too many wrong passwords just now; this one was not looked at.</summary>
    TooManyAttempts,

    /// <summary>A login provider named somebody by a name that another person has here, or may have.</summary>
    NameTaken,

    /// <summary>A login provider named nobody whom the hub could name.</summary>
    NameInvalid,
}
