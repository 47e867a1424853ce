using System.Data.Common;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Tokens.Listing;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Pages of everybody's tokens are read by indexes: SQLite is asked how it would do it, as for a hub with hundreds of thousands of them.</summary>
public sealed class TokenPlanTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("LastUse", false, "hub_api_tokens_last_activity")]
    [InlineData("LastUse", true, "hub_api_tokens_last_activity")]
    [InlineData("Expires", false, "hub_api_tokens_expires_at")]
    [InlineData("Expires", true, "hub_api_tokens_expires_at")]
    [InlineData("Created", false, "SCAN")]
    [InlineData("Created", true, "SCAN")]
    public async Task Each_order_is_that_of_an_index(string sort, bool isDescending, string index)
    {
        var plan = await PlanAsync(new TokenQuery { Sort = Enum.Parse<TokenSort>(sort), IsDescending = isDescending, Limit = 50 });
        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "some")]
    [InlineData("some", null)]
    public async Task Tokens_of_a_user_are_found_by_the_user(string? user, string? owner)
    {
        var plan = await PlanAsync(new TokenQuery { User = user, Owner = owner, Limit = 50 });
        Assert.Contains(plan, step => step.Contains("SEARCH", StringComparison.Ordinal) && step.Contains("hub_api_tokens_user_id", StringComparison.Ordinal));
    }

    private async Task<List<string>> PlanAsync(TokenQuery query)
    {
        var root = await fixture.Host.Data.UserAsync("root", admin: true);
        var asker = await fixture.Host.Get<IAuthorities>().OfUserAsync(root.Id, CancellationToken.None);
        return await fixture.Host.Database.ReadAsync(
            async (db, token) =>
            {
                var matching = await TokenFilter.ApplyAsync(db, await TokenFilter.VisibleAsync(db, asker, token), query, DateTime.UtcNow, token);
                await using var command = TokenFilter.Sort(matching, query).Take(query.Limit).CreateDbCommand();
                return await ExplainAsync(db, command, token);
            },
            CancellationToken.None);
    }

    private static async Task<List<string>> ExplainAsync(HubDbContext db, DbCommand command, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var steps = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
