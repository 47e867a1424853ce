namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A command line that both proxies are started with, once for all cases that name it.</summary>
/// <param name="Name">What results and differences call it.</param>
/// <param name="Arguments">Options besides those of addresses; texts in braces stand for what <see cref="Scene"/> has prepared.</param>
internal sealed record ProxyOptions(string Name, params string[] Arguments)
{
    public static ProxyOptions Plain { get; } = new("plain", "--metrics-ip", "127.0.0.1", "--metrics-port", "{metrics}");

    public static ProxyOptions OtherOrigin { get; } = new(
        "other-origin", "--no-x-forward", "--change-origin", "--custom-header", "X-Custom: one", "--custom-header", " Accept : text/x-custom ");

    public static ProxyOptions RewritesHost { get; } = new("rewrites-host", "--auto-rewrite", "--no-prepend-path");

    public static ProxyOptions RewritesScheme { get; } = new("rewrites-scheme", "--protocol-rewrite", "https", "--no-include-prefix");

    public static ProxyOptions Hosts { get; } = new("hosts", "--host-routing", "--default-target", "{standing}");

    public static ProxyOptions ErrorPath { get; } = new("error-path", "--error-path", "{errors}", "--proxy-timeout", "700");

    public static ProxyOptions ErrorTarget { get; } = new("error-target", "--error-target", "{standing}/errors", "--timeout", "60000");

    public static ProxyOptions ErrorTargetDown { get; } = new("error-target-down", "--error-target", "{nobody}");

    public static ProxyOptions Tls { get; } = new(
        "tls", "--ssl-key", "{key}", "--ssl-cert", "{cert}", "--redirect-port", "{redirect}", "--auto-rewrite");

    public bool IsTls => Arguments.Contains("--ssl-key");

    public bool HasDefaultTarget => Arguments.Contains("--default-target");
}
