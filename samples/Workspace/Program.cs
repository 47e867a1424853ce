using Workspace;

try
{
    var settings = WorkspaceSettings.Read(Environment.GetEnvironmentVariable);
    await using var app = WorkspaceApp.Build(settings);
    await app.RunAsync();
    return 0;
}
catch (WorkspaceException problem)
{
    await Console.Error.WriteLineAsync($"Workspace cannot start: {problem.Message}");
    return 1;
}
catch (IOException problem)
{
    // The address is taken or is not one of this machine's.
    await Console.Error.WriteLineAsync($"Workspace cannot start: {problem.Message}");
    return 1;
}
