using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>
/// A short text that differs where a role differs in what it gives, to whom, or for how long. Whoever was shown what a change would do says
/// with it which role that was about, and a role that is another by then stays as it is.
/// </summary>
internal static class RoleStamp
{
    public static string Of(RoleChangePlan plan)
    {
        if (plan.Before is not { } role || plan.Row is not { } row)
        {
            // There is nothing yet that somebody else could have changed; a role of the name is a conflict by itself.
            return "new";
        }

        // Too many holders are not read one by one, nor in any order.
        var holders = plan.HasUncountedHolders ? [] : role.Holders.Select(held => $"{held.Holder}\n{Moment(held.ExpiresAt)}").Order(StringComparer.Ordinal).ToList();
        string[] parts = [row.Id.ToString(CultureInfo.InvariantCulture), row.Description ?? "", Moment(role.ExpiresAt), .. row.Scopes, "\0", .. holders];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))).AsSpan(0, 16));
    }

    private static string Moment(DateTime? time) => time?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "";
}
