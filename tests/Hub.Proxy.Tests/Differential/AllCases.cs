using JupyterHub.Proxy.Tests.Differential.Cases;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Every case of the suite.</summary>
internal static class AllCases
{
    public static IReadOnlyList<Exchange> Exchanges { get; } =
    [
        .. ApiCases.All,
        .. RoutingCases.All,
        .. RequestCases.All,
        .. ResponseCases.All,
        .. OptionCases.All,
        .. UpgradeCases.All,
    ];
}
