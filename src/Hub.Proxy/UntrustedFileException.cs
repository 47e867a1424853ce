namespace JupyterHub.Proxy;

/// <summary>A file that other users of the machine may have written, or may have put into another's place.</summary>
internal sealed class UntrustedFileException(string doubt) : IOException(doubt);
