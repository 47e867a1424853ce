using JupyterHub.Client.Authentication;

namespace JupyterHub.Client.Hosting;

/// <summary>Where pages of this app may link to; injected once <c>AddJupyterHub()</c> is called.</summary>
public sealed class HubLinks
{
    internal HubLinks(ServiceSettings settings)
    {
        App = settings.Prefix;
        Home = settings.HubPages + "home";
        SignOut = settings.HubPages + "logout";
    }

    /// <summary>This app's own root: its prefix, with a slash at both ends.</summary>
    public string App { get; }

    /// <summary>The visitor's home page at the hub.</summary>
    public string Home { get; }

    /// <summary>Signs the visitor out at the hub, and so at all its services and servers.</summary>
    public string SignOut { get; }
}
