using Microsoft.Extensions.Options;

namespace JupyterHub.AspNetCore.Logins;

/// <summary>Hands a handler of the platform its options, without registering a scheme that the application would see.</summary>
internal sealed class FixedOptions<TOptions>(TOptions options) : IOptionsMonitor<TOptions>
{
    public TOptions CurrentValue => options;

    public TOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<TOptions, string?> listener) => null;
}
