namespace JupyterHub.Rbac.Scopes;

/// <summary>The scopes that every hub has (contract 4.1), as data. The order gives the ids.</summary>
internal static class BuiltInScopes
{
    /// <summary>What <c>self</c> stands for, before subscopes: each with the owner as its user filter.</summary>
    public static IReadOnlyList<string> Self { get; } =
        ["read:users", "users:activity", "users:shares", "read:shares", "servers", "tokens", "access:servers"];

    public static IReadOnlyList<ScopeSource> All { get; } =
    [
        new("(no_scope)", "Learn only who the caller is."),
        new("self", "Everything of one's own: profile, servers, tokens and shares. Means nothing for a service."),
        new("inherit", "Whatever the owner of the token may do at the time of the request."),
        new("admin-ui", "Open the administration page; what can be done there needs scopes of its own."),
        new("admin:users", "Create, read, change and delete users, including what the login provider left with them. Close to full control of the hub.", "admin:auth_state", "users", "read:roles:users", "delete:users"),
        new("admin:auth_state", "Read what the login provider left with a user."),
        new("users", "Read and change users, apart from servers, tokens and login state.", "read:users", "list:users", "users:activity"),
        new("delete:users", "Delete users."),
        new("list:users", "List users, at least by name.", "read:users:name"),
        new("read:users", "Read users, with the address of a running default server.", "read:users:name", "read:users:groups", "read:users:activity"),
        new("read:users:name", "Read the names of users."),
        new("read:users:groups", "Read which groups users are in."),
        new("read:users:activity", "Read when users were last active."),
        new("read:roles", "Read who holds which role.", "read:roles:users", "read:roles:services", "read:roles:groups"),
        new("read:roles:users", "Read the roles of users."),
        new("read:roles:services", "Read the roles of services."),
        new("read:roles:groups", "Read the roles of groups."),
        new("users:activity", "Report that users are active.", "read:users:activity"),
        new("admin:servers", "Create, read, start, stop and delete servers, with the state their spawner keeps.", "admin:server_state", "servers"),
        new("admin:server_state", "Read and change the state that a spawner keeps of its server."),
        new("servers", "Read, start, stop and delete servers.", "read:servers", "start:servers", "delete:servers"),
        new("read:servers", "Read servers and the names of their owners, without the spawner's state.", "read:users:name"),
        new("start:servers", "Start and edit servers."),
        new("delete:servers", "Stop and delete servers."),
        new("tokens", "Create, read and revoke the tokens of users.", "read:tokens"),
        new("read:tokens", "Read about the tokens of users, never the tokens themselves."),
        new("admin:groups", "Create, read, change and delete groups.", "groups", "read:roles:groups", "delete:groups"),
        new("groups", "Read groups and change who is in them. Membership can carry permissions.", "read:groups", "list:groups"),
        new("list:groups", "List groups, at least by name.", "read:groups:name"),
        new("read:groups", "Read groups and their members.", "read:groups:name"),
        new("read:groups:name", "Read the names of groups."),
        new("delete:groups", "Delete groups."),
        new("admin:services", "Create, read, change and delete services, other than those of the configuration.", "list:services", "read:services", "read:roles:services"),
        new("list:services", "List services, at least by name.", "read:services:name"),
        new("read:services", "Read services.", "read:services:name"),
        new("read:services:name", "Read the names of services."),
        new("read:hub", "Read details of the hub itself."),
        new("access:servers", "Use servers, in a browser or through their API."),
        new("access:services", "Use services, in a browser or through their API."),
        new("users:shares", "Read what is shared with users and give such access up.", "read:users:shares"),
        new("read:users:shares", "Read which servers are shared with users."),
        new("groups:shares", "Read what is shared with groups and give such access up.", "read:groups:shares"),
        new("read:groups:shares", "Read which servers are shared with groups."),
        new("read:shares", "Read with whom servers are shared."),
        new("shares", "Share servers with users and groups, and end it.", "access:servers", "read:shares", "users:shares", "groups:shares"),
        new("proxy", "Read the proxy's routes, bring them in line with the hub, announce a new proxy."),
        new("shutdown", "Shut the hub down."),
        new("read:metrics", "Read metrics in the format of Prometheus."),
    ];
}
