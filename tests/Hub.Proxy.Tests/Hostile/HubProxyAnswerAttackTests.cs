namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>What hostile servers answer, against the stand-alone proxy as a process: it goes on answering, and keeps nothing of them.</summary>
public sealed class HubProxyAnswerAttackTests(HubProxyProcess proxy) : IClassFixture<HubProxyProcess>
{
    public static TheoryData<string> Attacks => [.. ResponseAttacks.All.Select(attack => attack.Name)];

    public static TheoryData<string> Floods => [.. FloodTests.Kinds];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_hostile_answer_is_nobody_elses(string name)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await ResponseAttackTests.PlayAsync(ResponseAttacks.All.Single(attack => attack.Name == name), users);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [InlineData("length", false)]
    [InlineData("length", true)]
    [InlineData("chunked", false)]
    [InlineData("chunked", true)]
    [InlineData("closed", false)]
    [InlineData("closed", true)]
    public async Task A_server_that_dies_at_any_byte_is_never_taken_for_one_that_has_answered(string framing, bool resets)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await ResponseAttackTests.DieAnywhereAsync(framing, resets, users);
        await proxy.CheckAsync(users);
    }

    [Fact]
    public async Task What_a_server_says_unasked_stays_on_its_own_route()
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await ResponseAttackTests.SpeakUnaskedAsync(users);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_of_a_WebSocket_that_dies_at_any_byte_leaves_an_error_or_what_it_had_said(bool resets)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await WebSocketDeathTests.DieAnywhereAsync(resets, users);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_server_of_a_WebSocket_that_dies_while_bytes_move_takes_its_client_along(bool resets, bool clientSpeaks)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await WebSocketDeathTests.DieUnderLoadAsync(resets, clientSpeaks, users);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Processing\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    public async Task Whoever_only_ever_announces_an_answer_is_given_up(string interim)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await InterimTests.AnnounceAsync(interim, 503, users.Url, target => users.RouteAsync("/user/ada", target));
        await users.RouteAsync("/user/ada", users.Ada.Url);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [MemberData(nameof(Floods))]
    public async Task What_is_not_read_is_not_gathered(string flood)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await FloodTests.PlayAsync(flood, users.Url, target => users.RouteAsync("/user/ada", target), () => ProcessUse.Of(proxy.Plain.Id).ResidentBytes);
        await users.RouteAsync("/user/ada", users.Ada.Url);
        await proxy.CheckAsync(users);
    }
}
