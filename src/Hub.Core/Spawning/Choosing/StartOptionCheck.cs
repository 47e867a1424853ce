using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning.Choosing;

/// <summary>What came out of a check: what holds, and what is wrong with the rest.</summary>
internal sealed record StartOptionCheck(JsonObject Values, IReadOnlyList<StartOptionProblem> Problems);
