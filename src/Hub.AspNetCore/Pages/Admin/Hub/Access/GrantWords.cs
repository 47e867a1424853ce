using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Access;

/// <summary>Puts the way from somebody to a permission into sentences, step by step.</summary>
internal sealed class GrantWords(PageTexts texts)
{
    public IReadOnlyList<Sentence> Of(ScopeOwner who, Resource? resource, ExplainedGrant grant)
    {
        List<Sentence> steps = [];
        if (grant.Grant.Holder != who)
        {
            steps.Add(texts.Sentence("{0} is in the group {1}.", who.Name, grant.Grant.Holder.Name));
        }

        steps.Add(Held(grant.Grant));
        steps.Add(texts.Sentence(grant.Grant is RoleGrant ? "The role gives {0}." : "The share gives {0}.", grant.DeclaredScope));
        for (var step = 1; step < grant.Path.Count; step++)
        {
            steps.Add(texts.Sentence("{0} includes {1}.", grant.Path[step - 1].Name, grant.Path[step].Name));
        }

        steps.Add(Filter(resource, grant));
        return steps;
    }

    private Sentence Held(Grant grant) => grant switch
    {
        RoleGrant { Holder.Kind: ResourceKind.Group } role => texts.Sentence("The group {0} holds the role {1}.", role.Holder.Name, role.Role),
        RoleGrant role => texts.Sentence("{0} holds the role {1}.", role.Holder.Name, role.Role),
        ShareGrant { Holder.Kind: ResourceKind.Group } share => texts.Sentence("The server {0} is shared with the group {1}.", NameOf(share), share.Holder.Name),
        ShareGrant share => texts.Sentence("The server {0} is shared with {1}.", NameOf(share), share.Holder.Name),
        _ => texts.Sentence("{0}", grant.ToString() ?? ""),
    };

    private Sentence Filter(Resource? resource, ExplainedGrant grant) => grant.Match switch
    {
        FilterMatch.Unfiltered => texts.Sentence("It holds for everything: there is no filter."),
        FilterMatch.Name => texts.Sentence("Its filter names {0}.", NameOf(resource)),
        FilterMatch.Owner => texts.Sentence("Its filter names {0}, whose server it is.", resource?.Name ?? ""),
        FilterMatch.Member when grant.MatchedGroup is { } group => texts.Sentence("Its filter names the group {0}, and {1} is in it.", group, resource?.Name ?? ""),
        FilterMatch.Member => texts.Sentence("Its filter names a group that {0} is in.", resource?.Name ?? ""),
        _ => texts.Sentence("Its filter covers others only."),
    };

    private static string NameOf(ShareGrant share) => $"{share.Server.Name}/{share.Server.ServerName}";

    private static string NameOf(Resource? resource) => resource is { Kind: ResourceKind.Server } server ? $"{server.Name}/{server.ServerName}" : resource?.Name ?? "";
}
