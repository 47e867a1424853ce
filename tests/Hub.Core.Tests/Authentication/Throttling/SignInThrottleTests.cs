using System.Net;
using JupyterHub.Core.Authentication.Throttling;
using JupyterHub.Core.Configuration;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication.Throttling;

/// <summary>Guessing gets slower and slower; the account's owner never waits for somebody else's guesses.</summary>
public sealed class SignInThrottleTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("192.0.2.66");
    private static readonly IPAddress Home = IPAddress.Parse("198.51.100.7");

    private readonly FakeTime time = new();
    private readonly SignInThrottle throttle;

    public SignInThrottleTests() => throttle = new SignInThrottle(new JupyterHubOptions(), time);

    [Fact]
    public async Task The_allowance_of_an_account_is_free_and_then_each_failure_doubles_the_wait()
    {
        await FailAsync("ada", Attacker, 6);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), await WaitAsync("ada", Attacker));
            time.Advance(TimeSpan.FromSeconds(seconds));
            await FailAsync("ada", Attacker);
        }
    }

    [Fact]
    public async Task Whoever_waits_is_not_made_to_wait_longer_by_asking_again()
    {
        await FailAsync("ada", Attacker, 6);
        for (var ask = 0; ask < 50; ask++)
        {
            Assert.Equal(TimeSpan.FromSeconds(1), await WaitAsync("ada", Attacker));
        }
    }

    [Fact]
    public async Task The_owner_signs_in_from_elsewhere_while_the_account_is_guessed_at()
    {
        await FailAsync("ada", Attacker, 6);

        await SucceedAsync("ada", Home);
        await SucceedAsync("ada", Home);
        Assert.NotNull(await WaitAsync("ada", Attacker));
    }

    [Fact]
    public async Task An_owner_who_mistypes_while_the_account_is_guessed_at_waits_a_second()
    {
        for (var last = 1; last <= 200; last++)
        {
            await FailAsync("ada", IPAddress.Parse($"203.0.113.{last}"));
        }

        await FailAsync("ada", Home);
        Assert.Equal(TimeSpan.FromSeconds(1), await WaitAsync("ada", Home));
        time.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("ada", Home);
    }

    [Fact]
    public async Task Guessing_from_many_addresses_has_one_free_guess_with_each_once_the_allowance_is_spent()
    {
        await FailAsync("ada", Attacker, 6);
        for (var last = 1; last <= 200; last++)
        {
            var address = IPAddress.Parse($"203.0.113.{last}");
            await FailAsync("ada", address);
            Assert.NotNull(await WaitAsync("ada", address));
        }
    }

    [Fact]
    public async Task An_address_that_tries_many_names_waits_with_each_of_them()
    {
        for (var name = 0; name < 21; name++)
        {
            await FailAsync($"user-{name}", Attacker);
        }

        Assert.Equal(TimeSpan.FromSeconds(1), await WaitAsync("somebody-else", Attacker));
        Assert.Equal(TimeSpan.FromSeconds(1), await WaitAsync(null, Attacker));
        await SucceedAsync("somebody-else", Home);
    }

    [Fact]
    public async Task Right_passwords_cost_nothing_one_by_one_or_at_once()
    {
        for (var time = 0; time < 1000; time++)
        {
            await SucceedAsync("ada", Home);
        }

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => SucceedAsync("ada", Home))));
    }

    [Fact]
    public async Task A_burst_of_guesses_gets_no_further_than_one_by_one()
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            using var attempt = await throttle.BeginAsync("ada", Attacker, CancellationToken.None);
            await Task.Yield();
            attempt.End(wasRight: false);
            return attempt.RetryAfter;
        })));

        Assert.Equal(6, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task An_attempt_that_was_broken_off_leaves_its_place_to_the_next_and_does_not_count()
    {
        for (var time = 0; time < 100; time++)
        {
            (await throttle.BeginAsync("ada", Attacker, CancellationToken.None)).Dispose();
        }

        Assert.Equal(0, throttle.Count);
        await FailAsync("ada", Attacker, 6);
    }

    [Fact]
    public async Task The_count_starts_again_after_the_window()
    {
        await FailAsync("ada", Attacker, 5);
        time.Advance(TimeSpan.FromSeconds(60));
        await FailAsync("ada", Attacker, 6);
        Assert.NotNull(await WaitAsync("ada", Attacker));

        time.Advance(TimeSpan.FromSeconds(61));
        await FailAsync("ada", Attacker, 6);
    }

    [Fact]
    public async Task Neighbours_in_one_IPv6_network_are_one_address()
    {
        for (var host = 1; host <= 21; host++)
        {
            await FailAsync($"user-{host}", IPAddress.Parse($"2001:db8:1:2::{host:x}"));
        }

        Assert.NotNull(await WaitAsync("ada", IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(await WaitAsync("ada", IPAddress.Parse("2001:db8:1:3::1")));
        await FailAsync("grace", Attacker, 6);
        Assert.NotNull(await WaitAsync("grace", IPAddress.Parse("::ffff:192.0.2.66")));
    }

    [Fact]
    public async Task Zero_switches_a_limit_off()
    {
        var open = new SignInThrottle(new JupyterHubOptions { SignInLimits = { FreePerAccount = 0, FreePerAddress = 0 } }, time);
        for (var round = 0; round < 1000; round++)
        {
            using var attempt = await open.BeginAsync("ada", Attacker, CancellationToken.None);
            Assert.Null(attempt.RetryAfter);
            attempt.End(wasRight: false);
        }
    }

    [Fact]
    public async Task Memory_is_bounded_and_the_heaviest_guesser_is_remembered()
    {
        for (var round = 0; round < 16; round++)
        {
            time.Advance(await WaitAsync("ada", Attacker) ?? TimeSpan.Zero);
            await FailAsync("ada", Attacker);
        }

        for (var name = 0; name < SignInThrottle.MostCounts; name++)
        {
            await FailAsync($"user-{name}", IPAddress.Parse($"10.{name >> 16}.{(name >> 8) & 255}.{name & 255}"));
        }

        Assert.InRange(throttle.Count, 1, SignInThrottle.MostCounts);
        Assert.NotNull(await WaitAsync("ada", Attacker));
    }

    /// <summary>How long the next attempt would have to wait; it is broken off.</summary>
    private async Task<TimeSpan?> WaitAsync(string? account, IPAddress address)
    {
        using var attempt = await throttle.BeginAsync(account, address, CancellationToken.None);
        return attempt.RetryAfter;
    }

    private Task FailAsync(string account, IPAddress address, int times = 1) => EndAsync(account, address, wasRight: false, times);

    private Task SucceedAsync(string account, IPAddress address) => EndAsync(account, address, wasRight: true, 1);

    private async Task EndAsync(string account, IPAddress address, bool wasRight, int times)
    {
        for (var round = 0; round < times; round++)
        {
            using var attempt = await throttle.BeginAsync(account, address, CancellationToken.None);
            Assert.Null(attempt.RetryAfter);
            attempt.End(wasRight);
        }
    }
}
