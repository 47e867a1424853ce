namespace JupyterHub.Core.OAuth;

/// <summary>What the authorization endpoint answers: one of the nested kinds.</summary>
internal abstract record AuthorizeResult
{
    private AuthorizeResult()
    {
    }

    /// <summary>An error page: the client cannot be trusted with the answer, or the user may not use it.</summary>
    public sealed record Fatal(int Status, string Message) : AuthorizeResult;

    /// <summary>302 to the client, with a code or with an error.</summary>
    public sealed record Redirect(string Location) : AuthorizeResult;

    /// <summary>The consent page.</summary>
    public sealed record Consent(ConsentRequest Request) : AuthorizeResult;

    /// <summary>The user signed out meanwhile: to the login page and back.</summary>
    public sealed record SignedOut : AuthorizeResult;
}
