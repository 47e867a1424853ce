namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>A service that was made just now, with its token, which is told this once.</summary>
internal sealed record NewServiceToken(string Name, string Token)
{
    public override string ToString() => $"(service {Name})";
}
