namespace JupyterHub.Client.Tests.Fixtures;

/// <summary>One JupyterHub for all tests against it.</summary>
[CollectionDefinition(Name)]
public sealed class OriginalServicesCollection : ICollectionFixture<OriginalServices>
{
    public const string Name = "JupyterHub 3.0.0";
}
