using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Standalone;

namespace JupyterHub.Proxy.Tests.Forwarding;

public class SocketBudgetTests
{
    [Fact]
    public void Clients_leave_a_quarter_to_others()
    {
        var budget = new SocketBudget(8);
        Assert.Equal(6, Enumerable.Range(0, 10).Count(_ => budget.TryTakeForClient()));
        Assert.Equal(2, Enumerable.Range(0, 10).Count(_ => budget.TryTake()));

        budget.GiveBack();
        Assert.False(budget.TryTakeForClient());
        budget.GiveBackOfClient();
        Assert.True(budget.TryTakeForClient());
        Assert.True(budget.TryTake());
        Assert.False(budget.TryTake());
    }

    [Fact]
    public void A_client_that_finds_nothing_left_takes_nothing()
    {
        var budget = new SocketBudget(4);
        Assert.Equal(4, Enumerable.Range(0, 10).Count(_ => budget.TryTake()));
        Assert.False(budget.TryTakeForClient());
        for (var number = 0; number < 4; number++)
        {
            budget.GiveBack();
        }

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => budget.TryTakeForClient()));
    }

    [Fact]
    public void What_is_kept_for_later_gives_way_to_a_server_that_is_wanted_now()
    {
        var budget = new SocketBudget(2);
        var kept = Enumerable.Range(0, 10).Count(_ => budget.TryTake());
        budget.ReclaimBy(() =>
        {
            for (; kept > 0; kept--)
            {
                budget.GiveBack();
            }
        });

        Assert.False(budget.TryTakeForClient());
        Assert.True(budget.TryTakeForServer());
        Assert.True(budget.TryTakeForServer());
        Assert.False(budget.TryTakeForServer());
    }

    [Theory]
    [InlineData(20_000, 200, 19_544)]
    [InlineData(1_024, 200, 568)]
    [InlineData(400, 200, 100)]
    [InlineData(100, 200, 0)]
    public void The_process_keeps_some_files_for_itself(long limit, long open, long most)
    {
        var budget = OpenFiles.BudgetOf(limit, open);
        Assert.Equal(most, Enumerable.Range(0, (int)limit).Count(_ => budget.TryTake()));
    }

    [Fact]
    public void Where_no_limit_is_known_there_is_none() => Assert.Same(SocketBudget.Unlimited, OpenFiles.BudgetOf(null, 200));
}
