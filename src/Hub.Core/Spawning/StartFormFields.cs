namespace JupyterHub.Core.Spawning;

/// <summary>The fields of a start form, or of a link with options, as they arrived. All of it is what somebody typed.</summary>
/// <param name="UserName">The owner's name, raw.</param>
/// <param name="ServerName">The server's name; empty for the default server.</param>
/// <param name="Values">Texts by field.</param>
/// <param name="Files">Files by field, without the <c>_file</c> that the original adds to its name.</param>
public sealed record StartFormFields(
    string UserName,
    string ServerName,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values,
    IReadOnlyDictionary<string, IReadOnlyList<StartFormFile>> Files);
