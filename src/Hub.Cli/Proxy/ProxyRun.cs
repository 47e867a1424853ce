using System.Net.Sockets;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Standalone;

namespace JupyterHub.Cli.Proxy;

/// <summary>Runs the proxy until somebody ends it.</summary>
internal static class ProxyRun
{
    // The platform's switch for what comes over a socket to be handled where it is noticed, without a hop to another
    // thread; it is read when the first socket is made. Nothing in this process blocks such a thread.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static async Task<int> RunAsync(ProxyArguments arguments, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable(InlineCompletions, Environment.GetEnvironmentVariable(InlineCompletions) ?? "1");
        using var signals = new EndSignals(cancellationToken);
        try
        {
            if (Environment.GetEnvironmentVariable(ProxySettingsReader.TokenVariable) is not { Length: > 0 } token)
            {
                return await FailAsync($"{ProxySettingsReader.TokenVariable} is not set: without it anybody could change the routes.", ExitCodes.Refused);
            }

            var settings = new ProxySettingsReader(arguments, Environment.GetEnvironmentVariable).Read(token);
            using var log = new ProxyLog(Console.OpenStandardOutput(), ProxyLog.ReadLevel(arguments.Value("--log-level")), TimeProvider.System);
            return await ServeAsync(settings, arguments.Value("--pid-file"), log, signals.Asked);
        }
        catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
        {
            // Asked to end before it had begun.
            return ExitCodes.Done;
        }
        catch (ProxyUsageException problem)
        {
            return await FailAsync(problem.Message, ExitCodes.Usage);
        }
        catch (ChpApiException problem)
        {
            return await FailAsync($"--default-target: {problem.Message}", ExitCodes.Usage);
        }
        catch (Exception problem) when (problem is HubStartupException or IOException or SocketException or UnauthorizedAccessException)
        {
            return await FailAsync(problem.Message, ExitCodes.Refused);
        }
    }

    private static async Task<int> ServeAsync(ProxySettings settings, string? pidFile, ProxyLog log, CancellationToken cancellationToken)
    {
        await using var proxy = await StandaloneProxy.StartAsync(settings, log, TimeProvider.System, cancellationToken);
        using var pid = PidFile.Write(pidFile);
        await UntilAsync(cancellationToken);
        await proxy.StopAsync("asked to end");
        return ExitCodes.Done;
    }

    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(ended.SetResult);
        await ended.Task;
    }

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync($"hub proxy: {message.ReplaceLineEndings(" ")}");
        return exitCode;
    }
}
