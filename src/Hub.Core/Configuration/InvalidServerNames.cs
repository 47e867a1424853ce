namespace JupyterHub.Core.Configuration;

/// <summary>What becomes of named servers from before JupyterHub 6 whose names are not allowed any more.</summary>
public enum InvalidServerNames
{
    /// <summary>Their owners may start, stop and delete them: <c>allow-start</c>.</summary>
    AllowStart,

    /// <summary>Their owners may stop and delete them: <c>allow-delete</c>.</summary>
    AllowDelete,

    /// <summary>Those that do not run get another name when the hub starts: <c>autorename</c>.</summary>
    AutoRename,
}
