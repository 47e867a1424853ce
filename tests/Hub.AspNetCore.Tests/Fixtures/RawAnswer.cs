namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>What came back over a socket; the body may still be in chunks.</summary>
internal sealed record RawAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    public string? Location => Headers["Location"].FirstOrDefault();

    public string ContentType => Headers["Content-Type"].FirstOrDefault() ?? "";
}
