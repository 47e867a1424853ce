using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Refuses settings of the proxy that cannot work.</summary>
internal static class InProcessProxyOptionsCheck
{
    // What the timers behind both settings can hold.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <exception cref="HubStartupException">A setting is out of range; the message names it.</exception>
    public static void Check(InProcessProxyOptions options)
    {
        CheckDuration(options.ConnectTimeout, nameof(options.ConnectTimeout));
        CheckDuration(options.ActivityTimeout, nameof(options.ActivityTimeout));
        CheckDuration(options.DrainTimeout, nameof(options.DrainTimeout), mayBeZero: true);
        CheckDuration(options.WebSocketDrainTimeout, nameof(options.WebSocketDrainTimeout), mayBeZero: true);
        CheckCount(options.MaxRequestsPerRoute, nameof(options.MaxRequestsPerRoute));
        CheckCount(options.MaxWebSockets, nameof(options.MaxWebSockets));
        if (options.MaxResponseHeadersKilobytes is < 1 or > 16_384)
        {
            throw new HubStartupException(
                $"InProcessProxyOptions.{nameof(options.MaxResponseHeadersKilobytes)} has to be between 1 and 16384.");
        }
    }

    private static void CheckDuration(TimeSpan value, string name, bool mayBeZero = false)
    {
        var isFit = value == Timeout.InfiniteTimeSpan || (value > TimeSpan.Zero && value <= Longest) || (mayBeZero && value == TimeSpan.Zero);
        if (!isFit)
        {
            throw new HubStartupException(
                $"InProcessProxyOptions.{name} has to be {(mayBeZero ? "zero or more" : "positive")} and at most {Longest.Days} days, or Timeout.InfiniteTimeSpan.");
        }
    }

    private static void CheckCount(int? value, string name)
    {
        if (value < 1)
        {
            throw new HubStartupException($"InProcessProxyOptions.{name} has to be at least 1, or null for any number.");
        }
    }
}
