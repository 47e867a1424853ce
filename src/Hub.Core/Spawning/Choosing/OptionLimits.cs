using System.Globalization;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>A sentence about what an option allows, which pages can translate.</summary>
/// <param name="Format">The sentence in English, with <c>{0}</c>, <c>{1}</c> and so on.</param>
/// <param name="Values">What goes there.</param>
internal sealed record OptionLimits(string Format, params object[] Values)
{
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Format, Values);
}
