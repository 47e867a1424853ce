using JupyterHub.Core.Spawning;

namespace JupyterHub.Pages.Tests.Pages.Spawn;

/// <summary>Options of every kind, and texts that pages have to bear.</summary>
internal static class Samples
{
    public const string LongName = "the-very-long-name-of-a-person-who-signs-in-with-all-of-her-names-and-more-than-that-0123456789";

    public const string RightToLeft = "مختبر علوم البيانات 🧪";

    public const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&";

    public static IReadOnlyList<StartOption> EveryKind { get; } =
    [
        new() { Name = "project", Label = "Project", Description = "Shown on the bill.", Kind = StartOptionKind.Text, Required = true, MaxLength = 20, Pattern = @"[a-z][a-z0-9-]*" },
        new() { Name = "note", Label = "Note to yourself", Kind = StartOptionKind.Text },
        new() { Name = "memory", Label = "Memory", Unit = "GB", Kind = StartOptionKind.Integer, Minimum = 1, Maximum = 64, Default = 4 },
        new() { Name = "share", Label = "Part of a processor", Kind = StartOptionKind.Number, Minimum = 0.5, Maximum = 8, Step = 0.5, Default = 1 },
        new() { Name = "gpu", Label = "With a graphics card", Description = "There are only a few: take one if you need it.", Kind = StartOptionKind.Boolean },
        new()
        {
            Name = "image", Label = "Software", Kind = StartOptionKind.Choice, Default = "base",
            Choices = [new() { Value = "base", Label = "Python", Description = "The language and its standard library." }, new() { Value = "r", Label = "R and the tidyverse" }, new() { Value = "rtl", Label = RightToLeft, Description = "Everything from right to left." }],
        },
        new() { Name = "region", Label = "Where it runs", Kind = StartOptionKind.Choice, Choices = [.. Enumerable.Range(1, 12).Select(number => new StartOptionChoice { Value = $"z{number}", Label = $"Zone {number}" })] },
    ];
}
