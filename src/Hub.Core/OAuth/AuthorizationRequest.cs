namespace JupyterHub.Core.OAuth;

/// <summary>An authorization request whose client and redirect are sound, so that answers may go there.</summary>
internal sealed record AuthorizationRequest
{
    private const string ResponseModeFragment = "fragment";

    public AuthorizationRequest(RegisteredClient client, string redirectUri, OAuthParameters parameters)
    {
        Client = client;
        RedirectUri = redirectUri;
        ResponseType = parameters["response_type"];
        State = parameters["state"];
        Scope = parameters["scope"];
        CodeChallenge = parameters["code_challenge"];
        CodeChallengeMethod = CodeChallenge is null ? null : parameters["code_challenge_method"] ?? PkceMethod.Plain;
        InFragment = parameters["response_mode"] == ResponseModeFragment;
    }

    public RegisteredClient Client { get; }
    public string RedirectUri { get; }
    public string? ResponseType { get; }
    public string? State { get; }
    public string? Scope { get; }
    public string? CodeChallenge { get; }
    public string? CodeChallengeMethod { get; }
    private bool InFragment { get; }

    /// <summary>302 with a code.</summary>
    public AuthorizeResult Grant(string code) => Answer([new("code", code)]);

    /// <summary>302 with an error.</summary>
    public AuthorizeResult Refuse(string error, string? description = null) =>
        Answer(description is null ? [new("error", error)] : [new("error", error), new("error_description", description)]);

    private AuthorizeResult.Redirect Answer(List<KeyValuePair<string, string>> parameters)
    {
        if (!string.IsNullOrEmpty(State))
        {
            parameters.Add(new("state", State));
        }

        return new AuthorizeResult.Redirect(InFragment
            ? FormEncoding.AppendToFragment(RedirectUri, parameters)
            : FormEncoding.AppendToQuery(RedirectUri, parameters));
    }
}
