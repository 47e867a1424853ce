using System.Globalization;
using System.Text;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Tells by a process's environment whether it is (part of) a certain server.</summary>
internal static class ProcessEnvironment
{
    /// <summary>True if the process was started with this user's and server's name in its environment; false if that cannot be read.</summary>
    public static bool BelongsTo(int pid, string userName, string serverName)
    {
        try
        {
            var variables = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/environ")).Split('\0');
            return variables.Contains($"JUPYTERHUB_USER={userName}", StringComparer.Ordinal)
                && variables.Contains($"JUPYTERHUB_SERVER_NAME={serverName}", StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
