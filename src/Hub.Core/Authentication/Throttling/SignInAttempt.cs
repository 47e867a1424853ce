namespace JupyterHub.Core.Authentication.Throttling;

/// <summary>One attempt to sign in, from its beginning to its end. One that ends without <see cref="End"/> has told nobody anything and does not count.</summary>
internal sealed class SignInAttempt(Action<bool?> end, TimeSpan? retryAfter = null) : IDisposable
{
    private Action<bool?>? end = end;

    /// <summary>How long to wait before an attempt is looked at; null: go on with this one.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Says whether the password was right.</summary>
    public void End(bool wasRight) => Interlocked.Exchange(ref end, null)?.Invoke(wasRight);

    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke(null);
}
