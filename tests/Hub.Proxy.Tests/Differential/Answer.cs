namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>What a server answers to each request, byte for byte.</summary>
/// <param name="Text">The bytes as Latin-1; names in braces are put in.</param>
internal sealed record Answer(string Text)
{
    /// <summary>Bytes sent as soon as the request's head has come, before its body is read.</summary>
    public string Interim { get; init; } = "";

    /// <summary>Answers without waiting for the body.</summary>
    public bool IsEarly { get; init; }

    /// <summary>Closes the connection after the answer.</summary>
    public bool Closes { get; init; }

    /// <summary>Resets the connection after the answer, as a process that dies does.</summary>
    public bool Resets { get; init; }

    /// <summary>True when what follows the answer is no longer HTTP.</summary>
    public bool IsUpgrade => Text.Contains("HTTP/1.1 101 ", StringComparison.Ordinal);

    public static implicit operator Answer(string text) => new(text);

    /// <summary>The answer, then the end of the connection.</summary>
    public static Answer ThenClose(string text) => new(text) { Closes = true };
}
