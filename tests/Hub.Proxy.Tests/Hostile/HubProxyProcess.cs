using System.Text.RegularExpressions;
using JupyterHub.Proxy.Tests.Differential;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary><c>hub proxy</c> as it is started in earnest, once for all attacks of a class: what one leaves behind would meet the next.</summary>
public sealed partial class HubProxyProcess : IAsyncLifetime
{
    private const long MostMemory = 400L * 1024 * 1024;

    private ProxyProcess? plain;
    private ProxyProcess? hosts;
    private ProcessUse? fresh;

    internal ProxyProcess Plain => plain!;

    /// <summary>With routing by host.</summary>
    internal ProxyProcess Hosts => hosts!;

    /// <summary>What <see cref="Plain"/> used before it was attacked.</summary>
    internal ProcessUse Fresh => fresh!;

    public async Task InitializeAsync()
    {
        plain = await ProxyProcess.StartAsync(ProxyProgram.Ours, new ProxyOptions("hostile"), text => text);
        hosts = await ProxyProcess.StartAsync(ProxyProgram.Ours, new ProxyOptions("hostile-hosts", "--host-routing"), text => text);
        await using (var users = await TwoUsers.OpenAsync(Plain))
        {
            await users.CheckAsync();
        }

        await Plain.SetRoutesAsync([]);
        fresh = ProcessUse.Of(Plain.Id);
    }

    public async Task DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Hosts.DisposeAsync();
    }

    /// <summary>After an attack, with its servers still there: the process answers others, said nothing of a defect, and holds no more than before.</summary>
    internal async Task CheckAsync(TwoUsers users)
    {
        users.Ada.Script = null;
        await users.CheckAsync();
        await Plain.SetRoutesAsync([]);
        await CheckAsync();
    }

    /// <summary>As above, where nobody is left to ask.</summary>
    internal async Task CheckAsync()
    {
        await Eventually.TrueAsync(
            $"{ProcessUse.Of(Plain.Id)} to come down to {Fresh}", () => ProcessUse.Of(Plain.Id).Sockets <= Fresh.Sockets);
        Assert.InRange(ProcessUse.Of(Plain.Id).ResidentBytes, 1, MostMemory);
        var defects = string.Join(Environment.NewLine, Plain.Output.Where(line => Defect().IsMatch(line)));
        Assert.True(defects.Length == 0, defects);
    }

    // The name of an exception alone is a cause, and no defect.
    [GeneratedRegex(@"\] error: |\[hub proxy\] \w+: .*\bException: |\s+at [\w.<>`]+\(|Unhandled|^(fail|crit): ", RegexOptions.IgnoreCase)]
    private static partial Regex Defect();
}
