namespace JupyterHub.AspNetCore.Pages.Confirming;

/// <summary>A question that stands between a button and what cannot be undone.</summary>
internal sealed record ConfirmView
{
    public required string Title { get; init; }

    /// <summary>What will happen, with names and numbers.</summary>
    public required string Question { get; init; }

    /// <summary>What it concerns, item by item; empty where the question says it all.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The button's word: what it does, never "OK".</summary>
    public required string Button { get; init; }

    /// <summary>Where the answer is posted; by default the address that asked.</summary>
    public string? Action { get; init; }

    /// <summary>Fields that are posted again.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    public required string CancelUrl { get; init; }

    public bool IsDangerous { get; init; } = true;
}
