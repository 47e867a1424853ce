namespace JupyterHub.IntegrationTests.Harness;

/// <summary>A hub that a visitor can use, ours or the original.</summary>
internal interface IHubUnderTest
{
    Uri Address { get; }

    /// <summary>The password of every user who is no admin.</summary>
    string UserPassword { get; }

    /// <summary>What it has written, for messages of failing tests.</summary>
    string Output { get; }
}
