using Workspace;

await using var app = WorkspaceApp.Build();
return await app.RunAsHubServerAsync();
