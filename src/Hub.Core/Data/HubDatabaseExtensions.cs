namespace JupyterHub.Core.Data;

internal static class HubDatabaseExtensions
{
    /// <inheritdoc cref="IHubDatabase.WriteAsync"/>
    public static Task WriteAsync(this IHubDatabase database, Func<HubDbContext, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        database.WriteAsync(async (context, token) => { await write(context, token); return true; }, cancellationToken);
}
