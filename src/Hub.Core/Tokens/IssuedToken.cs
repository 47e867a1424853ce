namespace JupyterHub.Core.Tokens;

/// <summary>A token just made, with the clear text that is known only now. It never prints the clear text.</summary>
internal sealed class IssuedToken(HubToken token, string value)
{
    /// <summary>The row; it has its id once the write is saved.</summary>
    public HubToken Token { get; } = token;

    /// <summary>The clear text.</summary>
    public string Value { get; } = value;

    public void Deconstruct(out HubToken token, out string value) => (token, value) = (Token, Value);

    public override string ToString() => $"(token {Token.Prefix}…)";
}
