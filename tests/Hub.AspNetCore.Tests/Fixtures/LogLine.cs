using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>One logged line; its text includes the values and the exception.</summary>
internal sealed record LogLine(string Category, LogLevel Level, int EventId, string Text);
