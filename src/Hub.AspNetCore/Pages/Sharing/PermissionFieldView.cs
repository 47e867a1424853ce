namespace JupyterHub.AspNetCore.Pages.Sharing;

/// <summary>The part of a form in which permissions are chosen; shown by <c>Sharing/_Permissions</c>.</summary>
/// <param name="Id">Begins the ids of its elements, which must differ on one page.</param>
/// <param name="Legend">What is asked.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Error">What is wrong with the choice; null if nothing is.</param>
internal sealed record PermissionFieldView(string Id, string Legend, IReadOnlyList<PermissionChoice> Choices, string? Error = null)
{
    public string? ErrorId => Error is null ? null : Id + "-error";
}
