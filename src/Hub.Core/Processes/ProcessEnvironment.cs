using System.Globalization;
using System.Text;

namespace JupyterHub.Core.Processes;

/// <summary>Tells by a process's environment what it is part of.</summary>
internal static class ProcessEnvironment
{
    /// <summary>True if the process was started with these variables in its environment; false if that cannot be read.</summary>
    public static bool Has(int pid, ProcessMark mark)
    {
        try
        {
            var variables = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/environ")).Split('\0');
            return mark.Variables.All(variable => variables.Contains(variable, StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
