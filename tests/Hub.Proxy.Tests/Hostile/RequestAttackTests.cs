namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Whatever a client sends to one user's route, the other user's server, clients and connections know nothing of it.</summary>
public class RequestAttackTests
{
    private const string After = "GET /user/eve/after HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

    public static TheoryData<ForwardingPath, string> Attacks
    {
        get
        {
            var data = new TheoryData<ForwardingPath, string>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var attack in RequestAttacks.All)
                {
                    data.Add(path, attack.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_on_one_route_never_reaches_another(ForwardingPath path, string name)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await PlayAsync(RequestAttacks.All.Single(attack => attack.Name == name), users);
    }

    /// <summary>Sends one attack, and looks at what it did to whom.</summary>
    internal static async Task PlayAsync(RequestAttack attack, TwoUsers users)
    {
        var responses = await users.SendAsync(attack.IsIncomplete ? attack.Bytes : attack.Bytes + After, thenEnds: attack.IsIncomplete);
        await users.CheckAsync();

        // One request at most for what was sent to ada, and what came after it only when that is beyond doubt.
        Assert.InRange(users.Ada.Requests.Count(request => !request.Target.Contains("victim", StringComparison.Ordinal)), attack.IsHarmless ? 1 : 0, 1);
        Assert.InRange(users.Eve.Requests.Count(request => request.Target == "/user/eve/after"), attack.IsHarmless ? 1 : 0, 1);
        Assert.All(responses, response => Assert.True(
            response.Status >= 400 || response.Body.ToString() is "eve /user/eve/after" or "" || response.Body.ToString().StartsWith("ada /user/ada/", StringComparison.Ordinal), $"{response.StartLine} {response.Body}"));
        if (attack.IsHarmless)
        {
            Assert.Equal(["ada /user/ada/x", "eve /user/eve/after"], responses.Select(response => response.Body.ToString()));
        }
    }
}
