using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Reads a stream of server-sent events line by line.</summary>
internal sealed class EventReader(HttpResponseMessage answer) : IDisposable
{
    private StreamReader? reader;

    /// <summary>Empty lines that came where no event ended.</summary>
    public int KeepAlives { get; private set; }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<JsonObject?> NextAsync()
    {
        reader ??= new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync().WaitAsync(Eventually.Deadline) is { } line)
        {
            if (line.Length == 0)
            {
                KeepAlives++;
                continue;
            }

            Assert.StartsWith("data: ", line, StringComparison.Ordinal);
            Assert.Equal("", await reader.ReadLineAsync());
            return JsonNode.Parse(line[6..])!.AsObject();
        }

        return null;
    }

    public async Task<List<JsonObject>> RestAsync()
    {
        var events = new List<JsonObject>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    public void Dispose()
    {
        reader?.Dispose();
        answer.Dispose();
    }
}
