using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Keeps every line that is logged, and says what is wrong with them.</summary>
internal sealed class FuzzLogs : ILoggerProvider
{
    /// <summary>Characters that a line of the hub's may have: texts of requests are cut, and there are few in a line.</summary>
    private const int LongestLine = 1_000;

    /// <summary>Characters of an exception with its stack.</summary>
    private const int LongestException = 16_000;

    private readonly ConcurrentQueue<Line> lines = new();

    public int Count => lines.Count;

    /// <summary>What lines of level error say, and what is too long, broken or secret.</summary>
    public IEnumerable<string> Faults(IEnumerable<string> secrets)
    {
        var values = SearchValues.Create([.. secrets.Distinct(StringComparer.Ordinal)], StringComparison.Ordinal);
        foreach (var line in lines)
        {
            var isOurs = line.Category.StartsWith("JupyterHub.", StringComparison.Ordinal);
            var shown = $"{line.Category}: {line.Text[..Math.Min(line.Text.Length, 300)]} {line.Exception?[..Math.Min(line.Exception.Length, 2000)]}";
            if (line.Level >= LogLevel.Error)
            {
                yield return $"an error: {shown}";
            }

            if (isOurs && line.Text.Length > LongestLine)
            {
                yield return $"a line of {line.Text.Length} characters: {shown}";
            }

            // SQL is logged as it is laid out.
            if (!line.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) && line.Text.Any(char.IsControl))
            {
                yield return $"a control character: {shown}";
            }

            if (line.Exception is { } exception && (exception.Length > LongestException || exception.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t'))))
            {
                yield return $"an exception without measure: {shown}";
            }

            if (line.Text.AsSpan().ContainsAny(values) || line.Exception.AsSpan().ContainsAny(values))
            {
                yield return $"a secret: {shown}";
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed record Line(string Category, LogLevel Level, string Text, string? Exception);

    private sealed class Logger(FuzzLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.lines.Enqueue(new Line(category, logLevel, formatter(state, exception), exception?.ToString()));
    }
}
