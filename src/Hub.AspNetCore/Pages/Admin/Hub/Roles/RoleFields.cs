using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Writes a change of a role as the fields that <see cref="RoleForm"/> reads, so that what was looked at is what is applied.</summary>
internal static class RoleFields
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(RoleRequest request) => request switch
    {
        CreateRole create => [new("name", create.Role), .. Definition(create.Description, create.Scopes), .. Expiry(true, create.ExpiresAt)],
        ChangeRole change => [.. Definition(change.Description, change.Scopes ?? []), .. Expiry(change.HasExpiry, change.ExpiresAt)],
        AssignRole assign => [.. Holder(assign.Holder), .. Expiry(assign.HasExpiry, assign.ExpiresAt)],
        RemoveRole remove => [.. Holder(remove.Holder)],
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, string>> Definition(string? description, IEnumerable<string> scopes) =>
        [new("description", description ?? ""), new("filtered", string.Join('\n', scopes))];

    private static IEnumerable<KeyValuePair<string, string>> Holder(ScopeOwner holder) => [new("kind", KindOf(holder.Kind)), new("holder", holder.Name)];

    private static IEnumerable<KeyValuePair<string, string>> Expiry(bool isSet, DateTime? end) => (isSet, end) switch
    {
        (false, _) => [new(ExpiryForm.Field, ExpiryForm.Keep)],
        (_, null) => [new(ExpiryForm.Field, ExpiryForm.Never)],
        (_, { } time) => [new(ExpiryForm.Field, ExpiryForm.At), new(ExpiryForm.AtField, ExpiryForm.Write(time))],
    };

    private static string KindOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Group => "group",
        ResourceKind.Service => "service",
        _ => "user",
    };
}
