using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>One group: members, properties and roles, each for who may see it.</summary>
internal sealed class GroupModel(GroupSearch search) : AdminPageModel
{
    private const int FreeRows = 3;
    private const int MostRows = 120;
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => Hub.Value("group");

    public ListAddress List { get; private set; } = null!;

    public GroupOverview Group { get; private set; } = null!;

    public AdditionReport? Report => HttpContext.Features.Get<AdditionReport>();

    public PagerView Pager => new(List, Group.Members.Count, Group.Found);

    public bool MayRead => Allows("read:groups", Resource.Group(Name));

    public bool MayChange => Allows("groups", Resource.Group(Name));

    public bool MayDelete => Allows("delete:groups", Resource.Group(Name));

    public bool MaySeeRoles => Allows("read:roles:groups", Resource.Group(Name));

    /// <summary>Who gave a role, for who may read that name.</summary>
    public string? Shown(string? creator) => RoleCreators.Shown(creator, Hub.Known);

    public string Action(string what) => $"{AddressOf("groups", Name)}/{what}";

    public string Json => Rejected?.Typed("json") ?? (Group.Properties ?? []).ToJsonString(Writing);

    /// <summary>True where the text field is what was sent, or the only form that can show all there is.</summary>
    public bool IsJsonOpen => Rejected?.Typed("json") is not null;

    /// <summary>After a conflict the version that was found, so that saving once more is a decision.</summary>
    public string Version => PropertiesVersion.Of(Group.Properties);

    /// <summary>Simple values, and a few rows for new ones.</summary>
    public IReadOnlyList<PropertyRow> Rows { get; private set; } = [];

    /// <summary>True if there are more properties than a form should have rows.</summary>
    public bool HasTooMany { get; private set; }

    /// <summary>Properties that only JSON can write.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others { get; private set; } = [];

    protected override async Task<IActionResult> ShowAsync()
    {
        var shape = new ListShape($"admin/groups/{PathNames.Escape(Name)}", ["name"], new Dictionary<string, IReadOnlyList<string>?> { ["search"] = null });
        List = ListAddress.Of(Hub, shape);
        Group = await search.OpenAsync(Name, List["search"], List.Offset, List.Size, Hub.Aborted) ?? throw GroupPages.Unknown(Name);
        var properties = Group.Properties ?? [];
        Others = [.. properties.Where(property => !PropertiesForm.IsSimple(property.Value)).Select(property => KeyValuePair.Create(property.Key, property.Value?.ToJsonString(Writing) ?? "null"))];
        Rows = TypedRows() ?? [.. properties.Where(property => PropertiesForm.IsSimple(property.Value)).Select(property => PropertyRow.Of(property.Key, property.Value!)), .. Enumerable.Repeat(PropertyRow.Free, FreeRows)];
        HasTooMany = Rows.Count > MostRows;
        return Page();
    }

    private IReadOnlyList<PropertyRow>? TypedRows()
    {
        if (Rejected?.TypedAll("name") is not { Count: > 0 } names)
        {
            return null;
        }

        var (types, values) = (Rejected.TypedAll("type"), Rejected.TypedAll("value"));
        return [.. names.Select((name, row) => new PropertyRow(name, types.ElementAtOrDefault(row) ?? PropertiesForm.TextType, values.ElementAtOrDefault(row) ?? ""))];
    }
}
