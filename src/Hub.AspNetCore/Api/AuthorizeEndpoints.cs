using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Questions about permissions, which change nothing.</summary>
internal static class AuthorizeEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("POST", "api/authorize/explain", Explain)
            .Describe("Ask why somebody may or may not do something; about others with read:roles for them.").Takes("ExplainBody").Returns(200, "Explanation");
        routes.Api("POST", "api/roles/preview", Preview).RequireAnyHolding("read:roles")
            .Describe("Ask who would gain and who would lose what by a change of a role, without making it.").Takes("RolePreviewBody").Returns(200, "RolePreview");
    }

    private static async Task Explain(HubRequest request)
    {
        var question = ExplainBody.Parse(await request.ReadObjectAsync(), request.Known, request.Get<ScopeEngine>().Catalog);
        var answer = await RolesEndpoints.AskAsync(request.Get<AccessQuestions>().AnswerAsync(question, request.Known, request.Aborted));
        await request.JsonAsync(200, writer => AccessModels.Write(writer, answer));
    }

    private static async Task Preview(HubRequest request)
    {
        var wanted = RolePreviewBody.Parse(await request.ReadObjectAsync(), request.Get<TimeProvider>());
        var preview = await RolesEndpoints.AskAsync(request.Get<RolePreviews>().FindAsync(wanted, request.Known, request.Aborted));
        await request.JsonAsync(200, writer => AccessModels.Write(writer, preview));
    }
}
