using System.Globalization;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>Looks whether database, proxy and services answer.</summary>
internal sealed class HealthChecks(IHubDatabase database, ServerTools tools, ServiceHealth services, TimeProvider time, PageTexts texts, ILogger<HealthChecks> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<HealthCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var silent = services.Silent;
        return
        [
            await LookAsync(texts["Database"], async token => await database.ReadAsync((db, inner) => db.Roles.CountAsync(inner), token), _ => null, cancellationToken),
            await LookAsync(texts["Proxy"], async token => (await tools.Proxy.GetRoutesAsync(token)).Count, count => count == 1 ? texts["1 route"] : texts["{0} routes", count], cancellationToken),
            new HealthCheck(texts["Services"], silent.Count == 0, silent.Count == 0 ? texts["all that are looked at answer"] : texts["no answer from {0}", string.Join(", ", silent.Take(5))]),
        ];
    }

    private async Task<HealthCheck> LookAsync(string name, Func<CancellationToken, Task<int>> look, Func<int, string?> tell, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var began = time.GetTimestamp();
        try
        {
            var count = await look(either.Token);
            var took = texts["answers within {0} ms", Math.Ceiling(time.GetElapsedTime(began).TotalMilliseconds).ToString("N0", CultureInfo.CurrentCulture)];
            return new HealthCheck(name, true, tell(count) is { } more ? $"{took}, {more}" : took);
        }
#pragma warning disable CA1031 // Whatever is wrong with it, the page tells that it is.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CheckFailed(logger, problem);
            return new HealthCheck(name, false, texts["does not answer; the hub's log has details"]);
        }
    }
}
