using JupyterHub.Core.Authorization;

namespace JupyterHub.Core.OAuth;

/// <summary>May this user use this client at all?</summary>
internal static class ClientAccess
{
    private const int Forbidden = 403;
    private const int InternalServerError = 500;

    /// <summary>Null if so, else the error page.</summary>
    public static AuthorizeResult? Check(RegisteredClient client, Authority user)
    {
        if (client.Owner is not { } owner)
        {
            return new AuthorizeResult.Fatal(InternalServerError, "OAuth configuration error");
        }

        return user.Allows(owner.AccessScopeName, owner.Client.Resource)
            ? null
            : new AuthorizeResult.Fatal(Forbidden, $"You do not have permission to access {client.Description}");
    }
}
