namespace JupyterHub.OpenIdConnect.Tests.Fixtures;

/// <summary>The system's clock, put forward.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    public void Shift(TimeSpan by) => shift += by;
}
