namespace JupyterHub.Core.Roles.Reading;

/// <summary>Some of the holders of one kind.</summary>
/// <param name="Total">How many there are that the reader may know.</param>
/// <param name="Items">Those of the page, by name.</param>
internal sealed record RoleHolderPage(int Total, IReadOnlyList<RoleHolderDetails> Items);
