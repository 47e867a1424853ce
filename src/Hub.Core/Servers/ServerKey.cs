namespace JupyterHub.Core.Servers;

/// <summary>Names one server: its owner and its own name, which is empty for the default server.</summary>
internal readonly record struct ServerKey(string UserName, string ServerName)
{
    /// <summary><c>ada</c> or <c>ada:lab</c>, as messages and logs name a server.</summary>
    public override string ToString() => ServerName.Length == 0 ? UserName : $"{UserName}:{ServerName}";
}
