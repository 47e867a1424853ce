namespace JupyterHub.AspNetCore.Errors;

/// <summary>The error that the error page shows.</summary>
/// <param name="Status">The status that the page speaks of.</param>
/// <param name="Message">What its reader may know.</param>
/// <param name="ResponseStatus">The status that is sent, where it is another one: a proxy that fetches the page sets the real one itself.</param>
internal sealed record ShownError(int Status, string? Message, int? ResponseStatus = null);
