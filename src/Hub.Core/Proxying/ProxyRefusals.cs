namespace JupyterHub.Core.Proxying;

/// <summary>One route that the proxy does not take is no reason to leave the others wrong. One that is away, or does not know the hub, takes none.</summary>
internal static class ProxyRefusals
{
    /// <summary>Makes a change, and tells when the proxy refuses this one.</summary>
    public static async Task PassOverAsync(Func<Task> change, Action<ProxyException> refused)
    {
        try
        {
            await change();
        }
        catch (ProxyException problem) when (problem.IsRefusal)
        {
            refused(problem);
        }
    }
}
