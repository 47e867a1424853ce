using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Listening;

/// <summary>
/// What Kestrel has to say of defects, and not of clients: a request whose trailers are no HTTP has been answered when Kestrel
/// stumbles over the rest of it, and would else put an error with a stack trace into the log for each that anybody sends; who looks for defects still finds it.
/// </summary>
internal sealed class KestrelLog(ILoggerProvider log) : ILoggerProvider
{
    private const string BrokenBody = "RequestBodyDrainBodyReaderInvalidState";

    public ILogger CreateLogger(string categoryName) => new Logger(log.CreateLogger(categoryName));

    public void Dispose()
    {
        // Whoever opened the log closes it.
    }

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = eventId.Name == BrokenBody ? LogLevel.Debug : logLevel;
            if (inner.IsEnabled(level))
            {
                inner.Log(level, eventId, state, exception, formatter);
            }
        }
    }
}
