using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Workspace.SignIn;

/// <summary>Keeps sign-ins under way in short-lived protected cookies, one for each open tab.</summary>
internal sealed class PendingSignIns(WorkspaceSettings settings, IDataProtectionProvider protection)
{
    private const int MostTabs = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("state").ToTimeLimitedDataProtector();
    private readonly string name = CookieNames.From(settings.ClientId) + "-oauth-state";

    public void Add(HttpContext context, PendingSignIn pending)
    {
        var present = Names(context.Request);
        if (present.Count >= MostTabs)
        {
            Clear(context);
            present = [];
        }

        var free = present.Contains(name)
            ? $"{name}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8)}"
            : name;
        var options = CookieNames.Options(context, settings);
        options.MaxAge = Lifetime;
        context.Response.Cookies.Append(free, protector.Protect(JsonSerializer.Serialize(pending), Lifetime), options);
    }

    /// <summary>The sign-in that carries this state, if this browser began it less than ten minutes ago.</summary>
    public PendingSignIn? Find(HttpRequest request, string state) =>
        Names(request).Select(name => Open(request.Cookies[name])).FirstOrDefault(pending => pending?.State == state);

    public void Clear(HttpContext context)
    {
        foreach (var old in Names(context.Request))
        {
            context.Response.Cookies.Delete(old, CookieNames.Options(context, settings));
        }
    }

    private List<string> Names(HttpRequest request) =>
        [.. request.Cookies.Keys.Where(key => key == name || key.StartsWith(name + "-", StringComparison.Ordinal))];

    private PendingSignIn? Open(string? value)
    {
        try
        {
            return value is null ? null : JsonSerializer.Deserialize<PendingSignIn>(protector.Unprotect(value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
