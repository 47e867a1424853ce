namespace JupyterHub.Rbac.Explanations;

/// <summary>Why something is not allowed.</summary>
public enum DenialReason
{
    /// <summary>Nobody granted the scope.</summary>
    NotGranted,

    /// <summary>The scope was granted, but for other entities.</summary>
    FilteredElsewhere,

    /// <summary>The owner may, but the token was not given it.</summary>
    TokenCeiling,
}
