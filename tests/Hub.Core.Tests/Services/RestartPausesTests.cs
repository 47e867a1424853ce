using JupyterHub.Core.Services;

namespace JupyterHub.Core.Tests.Services;

public sealed class RestartPausesTests
{
    [Fact]
    public void They_double_up_to_a_minute()
    {
        var pauses = new RestartPauses();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => pauses.After(TimeSpan.FromSeconds(2)).TotalSeconds));
    }

    [Fact]
    public void They_begin_anew_after_a_good_run()
    {
        var pauses = new RestartPauses();
        for (var failure = 0; failure < 5; failure++)
        {
            pauses.After(TimeSpan.Zero);
        }

        Assert.Equal(1, pauses.After(RestartPauses.RanWell).TotalSeconds);
        Assert.Equal(2, pauses.After(TimeSpan.Zero).TotalSeconds);
    }
}
