namespace JupyterHub.AspNetCore.Logins;

/// <summary>Why a redirect login did not come to its end.</summary>
internal enum LoginFailure
{
    /// <summary>The person or the provider said no.</summary>
    Denied,

    /// <summary>It took too long, was answered twice, or was begun by another browser.</summary>
    Expired,

    /// <summary>The provider cannot be reached, or answers too slowly.</summary>
    Unavailable,

    /// <summary>What came back does not stand up to the checks.</summary>
    Rejected,

    /// <summary>The name belongs to somebody else here.</summary>
    NameTaken,

    /// <summary>No name that a user may have.</summary>
    NameInvalid,

    /// <summary>Recognised, but not let in.</summary>
    NotAllowed,
}
