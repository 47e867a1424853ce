namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

/// <summary>One look at something that the hub depends on.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsGood">False if it does not work.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record HealthCheck(string Name, bool IsGood, string Detail);
