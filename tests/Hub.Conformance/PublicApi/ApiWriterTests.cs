namespace JupyterHub.Conformance.PublicApi;

/// <summary>The writer tells changes apart that break a caller.</summary>
public sealed class ApiWriterTests
{
    private static readonly string Written = ApiWriter.Write(typeof(ApiWriterTests).Assembly);

    [Theory]
    [InlineData("abstract class JupyterHub.Conformance.PublicApi.ApiWriterTests.Sample<T> : IDisposable where T : class, new()")]
    [InlineData("    required string? Name { get; init; }")]
    [InlineData("    IReadOnlyList<string?> Names { get; protected set; }")]
    [InlineData("    protected abstract Task<T?> FindAsync(string name, int count = 3, CancellationToken cancellation = default)")]
    [InlineData("    virtual bool TryRead(out string? text, params int[] numbers)")]
    [InlineData("    const string Word = \"a\"")]
    [InlineData("    virtual void Dispose()")]
    [InlineData("sealed record class JupyterHub.Conformance.PublicApi.ApiWriterTests.Point : IEquatable<ApiWriterTests.Point>")]
    [InlineData("    int X { get; init; }")]
    [InlineData("    Point(int X, double? Y)")]
    [InlineData("[Flags] enum JupyterHub.Conformance.PublicApi.ApiWriterTests.Choice : byte")]
    [InlineData("    Two = 2")]
    [InlineData("static class JupyterHub.Conformance.PublicApi.SampleExtensions")]
    [InlineData("    static string Twice(this string text)")]
    public void A_line_says_all_that_a_caller_depends_on(string line) => Assert.Contains(line, Written.Split('\n'));

    [Theory]
    [InlineData("Hidden")]
    [InlineData("PrintMembers")]
    [InlineData("get_Name")]
    public void Nothing_else_is_written(string word) => Assert.DoesNotContain(word, Written, StringComparison.Ordinal);

    [Flags]
    public enum Choice : byte
    {
        None = 0,
        One = 1,
        Two = 2,
    }

    public abstract class Sample<T> : IDisposable
        where T : class, new()
    {
        public const string Word = "a";

        public required string? Name { get; init; }

        public IReadOnlyList<string?> Names { get; protected set; } = [];

        internal int Hidden { get; set; }

        public virtual bool TryRead(out string? text, params int[] numbers)
        {
            text = null;
            return numbers.Length > 0;
        }

        public virtual void Dispose() => GC.SuppressFinalize(this);

        protected abstract Task<T?> FindAsync(string name, int count = 3, CancellationToken cancellation = default);
    }

    public sealed record Point(int X, double? Y);
}
