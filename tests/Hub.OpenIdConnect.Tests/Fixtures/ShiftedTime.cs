namespace JupyterHub.OpenIdConnect.Tests.Fixtures;

/// <summary>Stands at the time when it was made until it is put forward; only its timers run by the system's clock.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    public void Shift(TimeSpan by) => now += by;
}
