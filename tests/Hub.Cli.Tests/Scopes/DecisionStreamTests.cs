using System.Text;
using JupyterHub.Cli.Scopes.Decisions;

namespace JupyterHub.Cli.Tests.Scopes;

public sealed class DecisionStreamTests
{
    private const string Empty = """{"world":{"users":{},"groups":[],"services":[],"servers":[],"roles":{},"grants":[]},"cases":[]}""";

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_one_answered()
    {
        var (output, wellFormed) = await RunAsync($"{Empty}\n{new string('x', 300_000)}\n{Empty}", longest: 200);

        Assert.Equal("{\"answers\":[]}\n{\"error\":\"The line is longer than 200 bytes.\"}\n{\"answers\":[]}\n", output);
        Assert.False(wellFormed);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Lines_end_as_on_any_system_and_the_last_one_need_not(string end)
    {
        Assert.Equal(("{\"answers\":[]}\n{\"answers\":[]}\n", true), await RunAsync(Empty + end + Empty, 1000));
        Assert.Equal(("{\"answers\":[]}\n{\"answers\":[]}\n", true), await RunAsync(Empty + end + Empty + end, 1000));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var line = Encoding.Latin1.GetBytes("""{"world":{"users":{"andr""").Append((byte)0xE9).Concat("\":[]},\"groups\":[],\"services\":[],\"servers\":[],\"roles\":{},\"grants\":[]},\"cases\":[]}\n"u8.ToArray()).ToArray();

        var (output, wellFormed) = await RunAsync(line, 1000);

        Assert.Equal("{\"error\":\"The line holds a text that is no valid Unicode.\"}\n", output);
        Assert.False(wellFormed);
    }

    [Fact]
    public async Task Answers_come_while_the_input_is_still_open()
    {
        var (output, input) = (new MemoryStream(), new OneLineAtATime([$"{Empty}\n", $"{Empty}\n"]));
        var written = new List<long>();
        input.BeforeRead = () => written.Add(output.Length);

        await new DecisionStream(input, output).RunAsync(CancellationToken.None);

        Assert.Equal([0, 15, 30], written);
    }

    private static Task<(string Output, bool WellFormed)> RunAsync(string input, int longest) => RunAsync(Encoding.UTF8.GetBytes(input), longest);

    private static async Task<(string Output, bool WellFormed)> RunAsync(byte[] input, int longest)
    {
        using var output = new MemoryStream();
        var wellFormed = await new DecisionStream(new MemoryStream(input), output, longest).RunAsync(CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), wellFormed);
    }

    /// <summary>Gives one line for each read.</summary>
    private sealed class OneLineAtATime(string[] lines) : MemoryStream
    {
        private int next;

        public Action BeforeRead { get; set; } = () => { };

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BeforeRead();
            return new(next == lines.Length ? 0 : Encoding.UTF8.GetBytes(lines[next++], buffer.Span));
        }
    }
}
