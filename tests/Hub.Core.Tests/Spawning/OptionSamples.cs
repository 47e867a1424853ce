using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Tests.Spawning;

/// <summary>Options of every kind, with every limit.</summary>
internal static class OptionSamples
{
    public static IReadOnlyList<StartOption> All { get; } =
    [
        new() { Name = "text" },
        new() { Name = "short", MinLength = 2, MaxLength = 5 },
        new() { Name = "slug", Kind = StartOptionKind.Text, Pattern = @"[a-z]\w*|\d{2,3}", MaxLength = 12 },
        new() { Name = "project", Required = true },
        new() { Name = "whole", Kind = StartOptionKind.Integer },
        new() { Name = "memory", Kind = StartOptionKind.Integer, Minimum = 2, Maximum = 64, Step = 2, Default = 4 },
        new() { Name = "below", Kind = StartOptionKind.Integer, Maximum = -3 },
        new() { Name = "part", Kind = StartOptionKind.Number, Minimum = 0, Maximum = 1, Step = 0.1 },
        new() { Name = "free", Kind = StartOptionKind.Number, Minimum = -2.5 },
        new() { Name = "gpu", Kind = StartOptionKind.Boolean, Default = false },
        new() { Name = "image", Kind = StartOptionKind.Choice, Required = true, Default = "base", Choices = [new() { Value = "base" }, new() { Value = "größer 🧪", Label = "Bigger" }, new() { Value = "" }] },
    ];
}
