namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>Who guesses passwords waits; who cannot be guessing does not (SignInLimits).</summary>
public sealed class SignInLimitTests
{
    [Fact]
    public async Task After_the_allowance_a_guess_is_not_looked_at_and_the_form_says_when_to_try_again()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.SignInLimits.Window = 3600;

            // The wait of a second would be over before a slow machine comes to the last attempt.
            setup.Services = builder => builder.Services.AddSingleton<TimeProvider>(new FakeTime(DateTimeOffset.UtcNow));
        });
        for (var guess = 0; guess < 6; guess++)
        {
            using var wrong = await host.Browser().SignInAsync("ada", $"guess-{guess}");
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var answer = await host.Browser().SignInAsync(" ADA", "guess-7");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(1, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("Too many failed attempts", await answer.TextAsync(), StringComparison.Ordinal);
        await host.SignInAsync("grace");
    }

    [Fact]
    public async Task Refusals_for_lack_of_a_form_token_do_not_count()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => (hub.SignInLimits.FreePerAccount, hub.SignInLimits.FreePerAddress) = (1, 1));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var refused = await host.Browser().PostFormAsync("/hub/login", ("username", "ada"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await host.SignInAsync("ada");
    }
}
