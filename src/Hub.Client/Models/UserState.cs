namespace JupyterHub.Client.Models;

/// <summary>What a listing of users is narrowed to.</summary>
public enum UserState
{
    /// <summary>A server of theirs runs, starts or stops.</summary>
    Active,

    /// <summary>A server of theirs is ready.</summary>
    Ready,

    /// <summary>None of their servers runs.</summary>
    Inactive,
}
