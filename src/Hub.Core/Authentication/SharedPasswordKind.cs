namespace JupyterHub.Core.Authentication;

/// <summary>The two passwords of <see cref="SharedPasswordAuthenticator"/>, as <c>hub_shared_passwords</c> names them.</summary>
internal static class SharedPasswordKind
{
    public const string Admin = "admin";
    public const string User = "user";

    /// <summary>Fewest characters of a password that a person chooses.</summary>
    public static int ShortestOf(string kind) => kind == Admin ? 32 : 8;
}
