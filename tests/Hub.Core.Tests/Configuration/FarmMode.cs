namespace JupyterHub.Core.Tests.Configuration;

public enum FarmMode
{
    Shared,
    Exclusive,
}
