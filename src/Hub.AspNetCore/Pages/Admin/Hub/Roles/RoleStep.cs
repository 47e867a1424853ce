using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Questions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>One step of a change: shows what it would do, or makes it if that was seen and still is so.</summary>
/// <param name="request">The form's request.</param>
/// <param name="wanted">The change.</param>
/// <param name="page">The page with the form, for what is wrong with it.</param>
internal sealed class RoleStep(HubRequest request, RoleRequest wanted, string page)
{
    public const string Stamp = "stamp";

    private const string PreviewPage = "Admin/RolePreview";

    public async Task RunAsync()
    {
        if (await request.FormValueAsync(Stamp) is not { Length: > 0 } stamp)
        {
            await ShowAsync(isStale: false);
            return;
        }

        try
        {
            // Who may not read the role was shown nothing that could have become another.
            await request.Get<RoleChanges>().ApplyAsync(wanted, request.Known, stamp == RolePreviewView.Unseen ? null : stamp, request.Aborted);
        }
        catch (RoleChangeException problem) when (problem.Kind == RoleChangeError.Stale)
        {
            await ShowAsync(isStale: true);
            return;
        }
        catch (RoleChangeException problem)
        {
            await RefuseAsync(problem);
            return;
        }

        await TellAsync();
    }

    private async Task ShowAsync(bool isStale)
    {
        RolePreview? preview;
        try
        {
            preview = await request.Get<RolePreviews>().FindAsync(wanted, request.Known, request.Aborted);
        }
        catch (RoleChangeException unreadable) when (unreadable.Kind == RoleChangeError.Forbidden)
        {
            preview = null;
        }
        catch (RoleChangeException problem)
        {
            await RefuseAsync(problem);
            return;
        }

        if (preview?.Refusal is { Kind: RoleChangeError.NotFound or RoleChangeError.Invalid } wrong)
        {
            await RefuseAsync(wrong);
            return;
        }

        request.Http.Features.Set(new RolePreviewView(wanted, preview, isStale));
        request.Http.Response.StatusCode = preview?.Refusal is { } refusal ? RoleErrors.StatusOf(refusal.Kind) : isStale ? 409 : 200;
        await request.Get<PageRunner>().RunAsync(request.Http, PreviewPage);
    }

    /// <summary>What the form can put right is told beside its field.</summary>
    private Task RefuseAsync(RoleChangeException problem) => (wanted, problem.Kind) switch
    {
        (CreateRole, RoleChangeError.Conflict) => RejectAsync("name", problem),
        (CreateRole, RoleChangeError.Invalid) => RejectAsync(problem.Message.StartsWith("Role name", StringComparison.Ordinal) ? "name" : "filtered", problem),
        (ChangeRole, RoleChangeError.Invalid) => RejectAsync("filtered", problem),
        (AssignRole, RoleChangeError.Invalid or RoleChangeError.NotFound) when problem.RequiredScopes.Count == 0 && !problem.Message.StartsWith("No such role", StringComparison.Ordinal) =>
            RejectAsync("holder", problem),
        _ => throw RoleErrors.From(problem),
    };

    private Task RejectAsync(string field, RoleChangeException problem) => RejectedForm.ShowAsync(request, page, field, problem.Message, RoleErrors.StatusOf(problem.Kind));

    private Task TellAsync()
    {
        var texts = request.Get<PageTexts>();
        var (path, name) = wanted is DeleteRole ? ("roles", (string?)null) : ("roles", wanted.Role);
        return request.Get<PageNotices>().RedirectAsync(request, AdminUrl.Of(request.Addresses.HubPath, path, name), wanted switch
        {
            CreateRole => texts["The role {0} was created.", wanted.Role],
            ChangeRole => texts["The role {0} was changed.", wanted.Role],
            DeleteRole => texts["The role {0} was deleted.", wanted.Role],
            AssignRole assign => texts["{0} holds the role {1} now.", assign.Holder.Name, wanted.Role],
            RemoveRole remove => texts["{0} does not hold the role {1} any more.", remove.Holder.Name, wanted.Role],
            _ => "",
        });
    }
}
