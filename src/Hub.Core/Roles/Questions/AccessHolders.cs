using JupyterHub.Rbac.Explanations;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Some of those who may do something.</summary>
/// <param name="Total">How many users and services may.</param>
/// <param name="Items">Those of the page, users first, each with the reason.</param>
internal sealed record AccessHolders(int Total, IReadOnlyList<Explanation> Items);
