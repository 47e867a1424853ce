namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Tests that measure the process, or take all of it: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
