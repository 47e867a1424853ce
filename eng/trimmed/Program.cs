using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

// Decides, explains and refuses once each, and fails if an answer is wrong.
var engine = ScopeEngine.BuiltIn;
var ada = ScopeOwner.User("ada");
var membership = new MembershipSnapshot(version: 1, [new("ben", "physics")]);
var owner = engine.Expand([.. BuiltInRoles.User.Scopes!, "servers!group=physics"], ada);
var token = engine.ForToken(["delete:servers", "read:servers"], ada, client: null, owner, membership);
var world = new RbacWorld(engine, membership, [ada], [new("helper", ["servers!group=physics"])], [new RoleGrant(ada, "helper")]);
var explanation = AccessExplainer.Explain(world, ada, "delete:servers", Resource.Server("ben", "gpu"));
(string Question, bool Right)[] answers =
[
    ("ben's server may be stopped", token.Allows("delete:servers", Resource.Server("ben", "gpu"), membership)),
    ("cem's may not", !token.Allows("delete:servers", Resource.Server("cem", ""), membership)),
    ("starting was not given", !token.Allows("start:servers", Resource.Server("ben", "gpu"), membership)),
    ("the reason is the group", explanation.IsAllowed && explanation.Grants[0].MatchedGroup == "physics"),
    ("a slip is recognised", !engine.Catalog.TryParse("servres", out _, out var error) && error.Suggestion == "servers"),
    ("a plan creates the roles", RolePlan.Create(new RoleDeclarations(), new RoleState(), engine).CreatedRoles.Count == 4),
];
foreach (var (question, right) in answers)
{
    Console.WriteLine($"{(right ? "ok   " : "WRONG")} {question}");
}

return answers.All(answer => answer.Right) ? 0 : 1;
