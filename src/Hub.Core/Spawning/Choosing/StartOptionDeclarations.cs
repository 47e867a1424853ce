using System.Text.RegularExpressions;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>Finds what is wrong with declared options.</summary>
internal static partial class StartOptionDeclarations
{
    private const int MostOptions = 100;
    private const int MostChoices = 1000;
    private const int LongestChoice = 255;
    private const int LongestPattern = 1000;

    /// <summary>What is wrong, each with the setting below the list that it is about.</summary>
    public static IEnumerable<(string Setting, string Problem)> Problems(IReadOnlyList<StartOption> options)
    {
        if (options.Count > MostOptions)
        {
            yield return ("", $"may have {MostOptions} items at most");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, option) in options.Index())
        {
            if (!names.Add(option.Name))
            {
                yield return ($"{index}:{nameof(option.Name)}", "declares an option again");
            }

            foreach (var (setting, problem) in Problems(option))
            {
                yield return ($"{index}:{setting}", problem);
            }
        }
    }

    private static IEnumerable<(string Setting, string Problem)> Problems(StartOption option)
    {
        if (!Name().IsMatch(option.Name) || option.Name is "next" or "display_name")
        {
            yield return (nameof(option.Name), "must be a letter followed by letters, digits, '.', '-' and '_', 64 characters at most, and not next or display_name");
        }

        var kind = ForeignSettings(option).Concat(option.Kind switch
        {
            StartOptionKind.Text => TextProblems(option),
            StartOptionKind.Integer or StartOptionKind.Number => NumberProblems(option),
            StartOptionKind.Choice => ChoiceProblems(option),
            _ => [],
        }).ToList();
        if (kind.Count == 0 && option.Default is not null && DeclaredOption.DefaultOf(option, OptionRule.Of(option)) is null)
        {
            kind.Add((nameof(option.Default), $"is not a value of the option. {string.Join(" ", OptionRule.Of(option).Allowed).TrimEnd('.')}"));
        }

        foreach (var problem in kind)
        {
            yield return problem;
        }
    }

    /// <summary>A limit that belongs to another kind would limit nothing.</summary>
    private static IEnumerable<(string Setting, string Problem)> ForeignSettings(StartOption option)
    {
        var isNumber = option.Kind is StartOptionKind.Integer or StartOptionKind.Number;
        foreach (var (setting, isGiven, isOurs) in new[]
        {
            (nameof(option.MinLength), option.MinLength is not null, option.Kind == StartOptionKind.Text),
            (nameof(option.MaxLength), option.MaxLength is not null, option.Kind == StartOptionKind.Text),
            (nameof(option.Pattern), option.Pattern is not null, option.Kind == StartOptionKind.Text),
            (nameof(option.Minimum), option.Minimum is not null, isNumber),
            (nameof(option.Maximum), option.Maximum is not null, isNumber),
            (nameof(option.Step), option.Step is not null, isNumber),
            (nameof(option.Unit), option.Unit is not null, isNumber),
            (nameof(option.Choices), option.Choices.Count > 0, option.Kind == StartOptionKind.Choice),
        })
        {
            if (isGiven && !isOurs)
            {
                yield return (setting, $"means nothing to an option of the kind {option.Kind}");
            }
        }
    }

    private static IEnumerable<(string Setting, string Problem)> TextProblems(StartOption option)
    {
        if (option.MaxLength is < 1 or > TextRule.MostCharacters)
        {
            yield return (nameof(option.MaxLength), $"must be from 1 to {TextRule.MostCharacters}");
        }

        if (option.MinLength is < 0 || option.MinLength > (option.MaxLength ?? 1000))
        {
            yield return (nameof(option.MinLength), "must be 0 or more, and not more than MaxLength (1000 if unset)");
        }

        if (option.Pattern is { } pattern && PatternProblem(pattern) is { } problem)
        {
            yield return (nameof(option.Pattern), problem);
        }
    }

    private static string? PatternProblem(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            return $"must have 1 to {LongestPattern} characters";
        }

        try
        {
            PortablePattern.Parse(pattern);
            return null;
        }
        catch (ArgumentException wrong)
        {
            return $"must be a regular expression without lookarounds and back references: {wrong.Message.TrimEnd('.')}";
        }
    }

    private static IEnumerable<(string Setting, string Problem)> NumberProblems(StartOption option)
    {
        var isWhole = option.Kind == StartOptionKind.Integer;
        var isSound = true;
        foreach (var (setting, value) in new[] { (nameof(option.Minimum), option.Minimum), (nameof(option.Maximum), option.Maximum), (nameof(option.Step), option.Step) })
        {
            if (value is { } number && (!(Math.Abs(number) <= NumberRule.Greatest) || (isWhole && Math.Floor(number) != number)))
            {
                isSound = false;
                yield return (setting, isWhole ? "must be a whole number, not beyond 10¹⁵" : "must not be beyond 10¹⁵");
            }
        }

        if (option.Step is { } step && !(step >= 1e-9))
        {
            isSound = false;
            yield return (nameof(option.Step), "must be more than 0, at least 10⁻⁹");
        }

        if (option.Minimum > option.Maximum)
        {
            yield return (nameof(option.Minimum), "must not be more than Maximum");
        }

        if (isSound && option is { Step: { } by, Minimum: { } least } && (decimal)least % (decimal)by != 0)
        {
            yield return (nameof(option.Minimum), "must be a multiple of Step, from which browsers count");
        }
    }

    private static IEnumerable<(string Setting, string Problem)> ChoiceProblems(StartOption option)
    {
        if (option.Choices.Count is 0 or > MostChoices)
        {
            yield return (nameof(option.Choices), $"must have 1 to {MostChoices} items");
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, choice) in option.Choices.Index())
        {
            if (choice.Value.Length > LongestChoice || choice.Value.Any(char.IsControl))
            {
                yield return ($"{nameof(option.Choices)}:{index}:{nameof(choice.Value)}", $"must be text of {LongestChoice} characters at most on one line");
            }
            else if (!values.Add(choice.Value))
            {
                yield return ($"{nameof(option.Choices)}:{index}:{nameof(choice.Value)}", "is given twice");
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
