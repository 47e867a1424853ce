using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Warning, "The proxy's API did not take {Method} ({Api}): {Problem} It is tried again")]
    public static partial void Retried(ILogger logger, HttpMethod method, ChpEndpoint api, string problem);

    [LoggerMessage(5101, LogLevel.Information, "Proxy {Pid} was started at {PublicUrl}")]
    public static partial void Started(ILogger logger, int pid, Uri publicUrl);

    [LoggerMessage(5102, LogLevel.Information, "Proxy {Pid} was found running at {PublicUrl}")]
    public static partial void Found(ILogger logger, int pid, Uri publicUrl);

    [LoggerMessage(5103, LogLevel.Warning, "Proxy {Pid} was left by a hub before this one, and is not as this one would start it or does not answer; it is ended")]
    public static partial void Stale(ILogger logger, int pid);

    [LoggerMessage(5104, LogLevel.Error, "Proxy {Pid} ended with status {Status}; it is started again. Last lines: {LastLines}")]
    public static partial void Exited(ILogger logger, int pid, int? status, string lastLines);

    [LoggerMessage(5105, LogLevel.Error, "The proxy could not be started; the next attempt is in {Seconds} s: {Problem}")]
    public static partial void NotStarted(ILogger logger, double seconds, string problem);

    [LoggerMessage(5106, LogLevel.Information, "The proxy has all routes again")]
    public static partial void Restored(ILogger logger);

    [LoggerMessage(5107, LogLevel.Error, "The proxy could not be given its routes; it is tried again")]
    public static partial void NotRestored(ILogger logger, Exception problem);

    [LoggerMessage(5108, LogLevel.Information, "Proxy {Pid} was stopped")]
    public static partial void Stopped(ILogger logger, int pid);

    [LoggerMessage(5109, LogLevel.Information, "Proxy {Pid} is left to the next hub")]
    public static partial void Left(ILogger logger, int pid);

    [LoggerMessage(5110, LogLevel.Error, "The proxy could not be stopped: {Problem}")]
    public static partial void NotStopped(ILogger logger, string problem);

    [LoggerMessage(5111, LogLevel.Warning, "The proxy's log could not be cut; the next look tries again")]
    public static partial void LogNotTrimmed(ILogger logger, Exception problem);

    [LoggerMessage(5112, LogLevel.Warning, "The proxy has lost its routes; they are added again")]
    public static partial void RoutesLost(ILogger logger);

    [LoggerMessage(5113, LogLevel.Error, "The proxy does not answer, or could not be given its routes; it is looked at again and again")]
    public static partial void Away(ILogger logger, Exception problem);

    [LoggerMessage(5114, LogLevel.Warning, "The hub turned to the proxy whose API is at {Api}")]
    public static partial void Changed(ILogger logger, ChpEndpoint api);

    [LoggerMessage(5116, LogLevel.Warning, "The proxy's pid file {PidFile} could not be removed: {Problem}")]
    public static partial void PidFileNotDeleted(ILogger logger, string pidFile, string problem);

    [LoggerMessage(5117, LogLevel.Warning, "Proxy {Pid} runs, but its API does not answer; it is asked again")]
    public static partial void Silent(ILogger logger, int pid);

    [LoggerMessage(5118, LogLevel.Information, "Proxy {Pid} answers again")]
    public static partial void AnswersAgain(ILogger logger, int pid);

    [LoggerMessage(5119, LogLevel.Error, "Proxy {Pid} runs, but its API has not answered for {Seconds} s: it is ended and started again. Last lines: {LastLines}")]
    public static partial void Hung(ILogger logger, int pid, double seconds, string lastLines);

    [LoggerMessage(5099, LogLevel.Error, "Looking after the proxy failed; it goes on")]
    public static partial void NotWatched(ILogger logger, Exception problem);

    [LoggerMessage(5098, LogLevel.Information, "The proxy answers again")]
    public static partial void Back(ILogger logger);

    [LoggerMessage(5097, LogLevel.Warning, "The proxy's pid file {PidFile} (JupyterHub:Proxy:PidFile) is not believed, so a proxy that an earlier hub left is not found: {Doubt}")]
    public static partial void PidFileDoubted(ILogger logger, string pidFile, string doubt);

    [LoggerMessage(5115, LogLevel.Warning, "A proxy stands in front of the hub whose word about clients does not count: all of them look like one. Set JupyterHub:TrustedDownstreamIps to its address")]
    public static partial void UntrustedProxy(ILogger logger);
}
