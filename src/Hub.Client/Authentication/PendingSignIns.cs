using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JupyterHub.Client.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Authentication;

/// <summary>Keeps sign-ins under way in short-lived protected cookies of the browser that began them, one for each tab.</summary>
internal sealed class PendingSignIns(ServiceSettings settings, IOptionsMonitor<JupyterHubAuthenticationOptions> options, IDataProtectionProvider protection, UsedStates used)
{
    private const int MostTabs = 6;
    private const int MostCharacters = 6 * 1024;
    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("JupyterHub.Client", settings.ClientId, "state").ToTimeLimitedDataProtector();

    private TimeSpan Lifetime => options.Get(JupyterHubDefaults.AuthenticationScheme).SignInTimeout;

    public void Add(HttpContext context, PendingSignIn pending)
    {
        var value = protector.Protect(JsonSerializer.Serialize(pending, HubJson.Default.PendingSignIn), Lifetime);
        var present = context.Request.Cookies.Where(cookie => cookie.Key.StartsWith(settings.Cookies.StateName, StringComparison.Ordinal)).ToList();
        // Proxies refuse requests with much in their headers, and tabs that were left behind would fill them.
        if (present.Count >= MostTabs || present.Sum(cookie => cookie.Value.Length) + value.Length > MostCharacters)
        {
            present.ForEach(cookie => Delete(context, cookie.Key));
        }

        context.Response.Cookies.Append(NameOf(pending.State), value, settings.Cookies.Options(context, Lifetime));
    }

    /// <summary>The sign-in with this state, if this browser began it not long ago; it can be taken once.</summary>
    public PendingSignIn? Take(HttpContext context, string state)
    {
        var name = NameOf(state);
        if (context.Request.Cookies[name] is not { } value)
        {
            return null;
        }

        Delete(context, name);
        return Open(value) is { } pending && pending.State == state && used.Add(state, Lifetime) ? pending : null;
    }

    private string NameOf(string state) =>
        settings.Cookies.StateName + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 9));

    private void Delete(HttpContext context, string name) => context.Response.Cookies.Delete(name, settings.Cookies.Options(context));

    private PendingSignIn? Open(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(protector.Unprotect(value), HubJson.Default.PendingSignIn);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
