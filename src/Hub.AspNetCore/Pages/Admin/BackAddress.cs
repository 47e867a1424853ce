using JupyterHub.AspNetCore.Requests;

namespace JupyterHub.AspNetCore.Pages.Admin;

/// <summary>Where a form of the administration leads when it is done: back to the list or page that it was on.</summary>
internal static class BackAddress
{
    public const string Field = "back";

    private const int Longest = 2048;

    /// <param name="request">The form's request.</param>
    /// <param name="otherwise">Where to go if the form does not say it, or names something else than a page of the administration.</param>
    public static async Task<string> OfAsync(HubRequest request, string otherwise)
    {
        var named = await request.FormValueAsync(Field);
        return named is { Length: <= Longest } && IsOfAdministration(request, named) ? named : otherwise;
    }

    private static bool IsOfAdministration(HubRequest request, string address)
    {
        var admin = request.Addresses.HubPath + "admin";
        return address.StartsWith(admin, StringComparison.Ordinal)
            && (address.Length == admin.Length || address[admin.Length] is '/' or '?')
            && address.All(letter => letter is > ' ' and < (char)0x7f and not '\\')
            && !address.Contains("/.", StringComparison.Ordinal);
    }
}
