namespace JupyterHub.Core.Authentication.Identities;

/// <summary>Whether the names that a login gives people are the names of this hub's users.</summary>
internal enum NameTrust
{
    /// <summary>They are names somewhere else: an unknown person never becomes a user that there is already.</summary>
    None,

    /// <summary>They are, because there is no other way to sign in.</summary>
    Implied,

    /// <summary>They are, because the operator says so.</summary>
    Declared,
}
