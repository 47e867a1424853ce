namespace JupyterHub.AspNetCore.Requests;

/// <summary>Where a person signs in before what was asked for is shown.</summary>
internal static class LoginAddress
{
    public static string For(HubRequest request) =>
        $"{request.Addresses.HubPath}login?next={Uri.EscapeDataString(request.Target.PathAndQuery)}";
}
