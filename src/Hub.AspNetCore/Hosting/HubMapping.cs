namespace JupyterHub.AspNetCore.Hosting;

/// <summary>Which parts of the address space the host gave to the hub.</summary>
internal sealed class HubMapping
{
    /// <summary>True once the host called <c>MapJupyterHub</c>: <c>hub/</c>, <c>user/</c> and <c>services/</c> are the hub's.</summary>
    public bool IsMapped { get; set; }

    /// <summary>True once the host called <c>MapJupyterHubRoot</c>: whatever else is asked for leads to the hub.</summary>
    public bool IsRootMapped { get; set; }
}
