using System.Globalization;

namespace JupyterHub.Testing;

/// <summary>
/// Addresses of this machine for servers whose port a spawner asks the system for: until the server binds it, the port is nobody's, and at
/// 127.0.0.1 one of the many other listeners of tests could be given it meanwhile.
/// </summary>
internal static class LoopbackAddress
{
    /// <summary>One that hardly anybody else has.</summary>
    public static string New() => string.Create(
        CultureInfo.InvariantCulture, $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(0, 256)}.{Random.Shared.Next(1, 255)}");
}
