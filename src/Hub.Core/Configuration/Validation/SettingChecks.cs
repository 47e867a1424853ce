using System.ComponentModel.DataAnnotations;
using System.Globalization;
using JupyterHub.Core.Configuration.Binding;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Words what is wrong with a value, and says where it was given.</summary>
internal sealed class SettingChecks(SettingOrigins origins)
{
    /// <summary>The longest time that timers take: somewhat above 46 days.</summary>
    public const double LongestTimer = 4_000_000;

    public HubStartupException Error(string path, string problem)
    {
        var given = origins.Find(path);
        return SettingErrors.Create(given?.WrittenAs ?? path, problem, given?.Origin);
    }

    public void Require(bool holds, string path, string problem)
    {
        if (!holds)
        {
            throw Error(path, problem);
        }
    }

    public void AtLeast(string path, double value, double least)
    {
        if (!(value >= least))
        {
            throw Error(path, $"must be at least {Text(least)}, but is {Text(value)}");
        }
    }

    /// <summary>Checks a range, both ends included.</summary>
    public void Between(string path, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw Error(path, $"must be between {Text(least)} and {Text(most)}, but is {Text(value)}");
        }
    }

    /// <summary>Checks seconds that a timer waits; zero is allowed only where waiting can be left out.</summary>
    public void Seconds(string path, double value, bool zeroAllowed = true)
    {
        Require(zeroAllowed || value > 0, path, "must be more than 0 seconds");
        Between(path, value, 0, LongestTimer);
    }

    /// <summary>Checks what the options class itself demands by attributes or <see cref="IValidatableObject"/>.</summary>
    public void Annotations(string path, object options)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            var member = results[0].MemberNames.FirstOrDefault();
            throw Error(member is null ? path : $"{path}:{member}", $"is not valid: {results[0].ErrorMessage?.TrimEnd('.')}");
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
