namespace JupyterHub.Client.Http;

/// <summary>Where a page stands in its listing.</summary>
internal sealed record Pagination(PageReference? Next);
