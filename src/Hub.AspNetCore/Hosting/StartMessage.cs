using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;

namespace JupyterHub.AspNetCore.Hosting;

/// <summary>What a person at the terminal needs to know: where the hub is, where its state is, how to sign in.</summary>
internal sealed class StartMessage(HubAddresses addresses, HubDataFolder folder, HubDomain domain, IAuthenticator authenticator, AuthenticatorOptions options, IHubProxy proxy)
{
    public IEnumerable<string> Lines()
    {
        yield return "";
        yield return $"JupyterHub for .NET is running at {Address()}";
        yield return $"Data folder: {folder.Path}";
        foreach (var line in SignIn())
        {
            yield return line;
        }
    }

    private string Address() => addresses.PublicUrl?.ToString()
        ?? (proxy is IExternalProxy { PublicUrl: { } url } ? new Uri(url, addresses.BasePath).ToString() : null)
        ?? (addresses.IsBound ? new Uri(addresses.ConnectUrl, addresses.BasePath).ToString() : addresses.BasePath);

    private IEnumerable<string> SignIn()
    {
        if (authenticator is not SharedPasswordAuthenticator)
        {
            yield break;
        }

        var admins = options.AdminUsers.Count == 0 ? "an admin user" : string.Join(", ", options.AdminUsers);
        if (domain.FirstRunPasswords is not { } made)
        {
            yield return $"Sign in with the shared passwords (admin: {admins}; everybody else: any name). Forgotten? hub password admin --data-directory {folder.Path}";
            yield break;
        }

        yield return "First run: these passwords were made up for you. They are kept as hashes only and are not shown again;";
        yield return $"replace them with: hub password admin --data-directory {folder.Path} (and likewise hub password user)";
        if (made.Admin is { } adminPassword)
        {
            yield return $"  Sign in as {admins} with the password {adminPassword}";
        }

        if (made.User is { } userPassword)
        {
            yield return $"  Sign in under any other name with the password {userPassword}";
        }
    }
}
