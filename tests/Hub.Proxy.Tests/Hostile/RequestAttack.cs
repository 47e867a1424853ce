namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Bytes that are to be read as one request by the proxy and as two by a server, or the other way round.</summary>
/// <param name="Name">What it plays on.</param>
/// <param name="Bytes">What is sent to ada's route; <c>{inner}</c> is the request that must never be one.</param>
internal sealed record RequestAttack(string Name, string Bytes)
{
    /// <summary>The request that must never be one, to the other user's route.</summary>
    public const string Inner = "GET /user/eve/smuggled HTTP/1.1\r\nHost: hub\r\nX: x\r\n\r\n";

    /// <summary>True when the proxy waits for more bytes, so that the client has to end it.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>True when it is a plain request after all, and answered so.</summary>
    public bool IsHarmless { get; init; }

    public override string ToString() => Name;
}
