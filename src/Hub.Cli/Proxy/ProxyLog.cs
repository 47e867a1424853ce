using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Cli.Proxy;

/// <summary>
/// Writes log lines, one after another, without ever making a request wait: when nobody reads the output any more, lines
/// are dropped.
/// </summary>
internal sealed class ProxyLog : ILoggerProvider
{
    private const int MostWaiting = 10_000;

    private readonly Stream output;
    private readonly LogLevel level;
    private readonly TimeProvider time;
    private readonly Channel<string> lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Task writing;

    public ProxyLog(Stream output, LogLevel level, TimeProvider time)
    {
        this.output = output;
        this.level = level;
        this.time = time;
        writing = WriteAsync();
    }

    /// <exception cref="ProxyUsageException">It is no level.</exception>
    public static LogLevel ReadLevel(string? name) => name?.ToLowerInvariant() switch
    {
        null or "info" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new ProxyUsageException("--log-level: it has to be debug, info, warn or error."),
    };

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
        lines.Writer.TryComplete();

        // The last lines say why we end. A reader that is stuck shall not keep us.
        Task.WaitAny([writing], TimeSpan.FromSeconds(1));
    }

    private void Write(LogLevel lineLevel, string message, Exception? problem)
    {
        var name = lineLevel switch
        {
            <= LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "error",
        };
        var details = problem is null ? "" : $" {problem}".ReplaceLineEndings(" | ");
        lines.Writer.TryWrite(string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss.fff} [hub proxy] {name}: {message}{details}\n"));
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync())
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(line));
            }
        }
        catch (IOException)
        {
            // Nobody listens.
        }
    }

    private sealed class Writer(ProxyLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
