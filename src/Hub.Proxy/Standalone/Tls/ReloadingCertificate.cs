using System.Net.Security;
using System.Security.Cryptography;
using JupyterHub.Core.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>
/// A listener's certificate, read again when its files change. They are compared by content: links that are turned
/// round, as orchestrators do, change no time that could be watched. Files that make no sense leave the old one in place.
/// </summary>
internal sealed class ReloadingCertificate : IAsyncDisposable
{
    private const int GoneLooks = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TlsSettings settings;
    private readonly string option;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;
    private volatile SslServerAuthenticationOptions current;
    private string? fingerprint;
    private string? refused;
    private int gone;

    private ReloadingCertificate(TlsSettings settings, string option, SslServerAuthenticationOptions current, string? fingerprint, TimeProvider time, ILogger logger)
    {
        this.settings = settings;
        this.option = option;
        this.current = current;
        this.fingerprint = fingerprint;
        this.logger = logger;
        watching = WatchAsync(time);
    }

    /// <summary>Reads a certificate and watches its files.</summary>
    /// <exception cref="HubStartupException">It cannot be read; the message names the option.</exception>
    public static ReloadingCertificate Open(TlsSettings settings, string option, TimeProvider time, ILogger logger)
    {
        try
        {
            var fingerprint = ServerCertificate.Fingerprint(settings);
            return new ReloadingCertificate(settings, option, ServerCertificate.Read(settings), fingerprint, time, logger);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new HubStartupException($"{option}: the certificate cannot be used: {problem.Message}");
        }
    }

    /// <summary>Lets a listener speak TLS, with HTTP/2 for clients that want it.</summary>
    public void Apply(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(current) });
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
    }

    private async Task WatchAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }

    private void Look()
    {
        // Null where a file is gone or may not be read: so for a moment while it is being replaced, or until somebody reads the log.
        var seen = ServerCertificate.Fingerprint(settings);
        if (seen is not null && gone >= GoneLooks)
        {
            Log.FilesAreBack(logger, option);
        }

        gone = seen is null ? gone + 1 : 0;
        if (gone == GoneLooks)
        {
            Log.NotReloaded(logger, option, "one of its files is gone, or may not be read.");
        }

        if (seen is null || seen == fingerprint || seen == refused)
        {
            return;
        }

        try
        {
            current = ServerCertificate.Read(settings);
            (fingerprint, refused) = (seen, null);
            Log.Reloaded(logger, option);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Perhaps half written; looked at again when there is more.
            refused = seen;
            Log.NotReloaded(logger, option, problem.Message);
        }
    }
}
