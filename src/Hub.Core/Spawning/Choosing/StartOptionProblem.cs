namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>Why a choice is refused.</summary>
/// <param name="Option">The option's name; bounded where it is not a declared one.</param>
/// <param name="Given">What was given, bounded; null where nothing was and something is needed.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="IsUndeclared">There is no such option.</param>
internal sealed record StartOptionProblem(string Option, string? Given, IReadOnlyList<OptionLimits> Allowed, bool IsUndeclared = false)
{
    /// <summary>For clients of the REST API.</summary>
    public override string ToString() => (IsUndeclared, Given) switch
    {
        (true, _) => $"There is no option '{Option}'. {Limits}",
        (_, null) => $"Option '{Option}': a value is needed. {Limits}",
        _ => $"Option '{Option}': {Given} was given. {Limits}",
    };

    private string Limits => string.Join(" ", Allowed);
}
