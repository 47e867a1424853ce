using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>A managed service's row, and the route that follows from it: process and address while it runs.</summary>
internal sealed class ServiceRow(string name, ServiceTools tools)
{
    private Uri? url;

    public async Task StartedAsync(int pid, Uri? address, CancellationToken cancellationToken)
    {
        url = address;
        await WriteAsync(
            row =>
            {
                row.Pid = pid;
                if (address is not null)
                {
                    row.Url = address.OriginalString;
                    row.Server!.Port = address.Port;
                }
            },
            cancellationToken);
        await tools.Routes.UpdateAsync(name, cancellationToken);
    }

    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(row => row.Pid = null, cancellationToken);
        await tools.Routes.UpdateAsync(name, cancellationToken);
    }

    /// <summary>Waits until it answers; false if it did not in time.</summary>
    public Task<bool> AnswersAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        tools.Probe.WaitAsync(ServiceRoutes.RootOf(tools.Addresses, name, url!), patience, cancellationToken);

    private Task WriteAsync(Action<HubService> change, CancellationToken cancellationToken) => tools.Database.WriteAsync(
        async (db, token) =>
        {
            if (await db.Services.AsTracking().Include(row => row.Server).SingleOrDefaultAsync(row => row.Name == name, token) is { } row)
            {
                change(row);
            }
        },
        cancellationToken);
}
