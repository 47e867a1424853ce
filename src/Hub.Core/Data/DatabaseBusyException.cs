namespace JupyterHub.Core.Data;

/// <summary>Another program kept the database locked for longer than this one may wait; nothing was written.</summary>
internal sealed class DatabaseBusyException(string message, Exception innerException) : Exception(message, innerException);
