using JupyterHub.Core.Groups;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>What became of each name that was to be put into a group; shown where not all of them were.</summary>
internal sealed record AdditionReport(IReadOnlyList<MemberAddition> Results);
