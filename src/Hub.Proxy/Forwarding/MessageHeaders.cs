namespace JupyterHub.Proxy.Forwarding;

/// <summary>The headers of a request that <see cref="HttpClient"/>'s machinery sends: some of them belong to its content.</summary>
internal readonly struct MessageHeaders(HttpRequestMessage message) : IOutgoingHeaders
{
    public void Set(string name, scoped ReadOnlySpan<char> value)
    {
        Remove(name);
        var text = value.ToString();
        if (!message.Headers.TryAddWithoutValidation(name, text))
        {
            message.Content?.Headers.TryAddWithoutValidation(name, text);
        }
    }

    // Asking for the wrong one of both collections to remove a name throws.
    public void Remove(string name)
    {
        if (message.Headers.NonValidated.Contains(name))
        {
            message.Headers.Remove(name);
        }
        else if (message.Content?.Headers.NonValidated.Contains(name) == true)
        {
            message.Content.Headers.Remove(name);
        }
    }
}
