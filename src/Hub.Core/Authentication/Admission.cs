namespace JupyterHub.Core.Authentication;

/// <summary>What <see cref="SignInPolicy"/> says about a name.</summary>
internal enum Admission
{
    /// <summary>May not enter.</summary>
    Refused,

    /// <summary>May enter; a row is made when there is none.</summary>
    Granted,

    /// <summary>May enter if the database has the user already.</summary>
    GrantedIfKnown,
}
