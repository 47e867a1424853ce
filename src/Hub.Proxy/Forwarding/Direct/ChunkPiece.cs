namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>What the next bytes of a chunked body are.</summary>
/// <param name="Skip">Bytes of framing that come first.</param>
/// <param name="Length">Bytes of data, or of the trailer section, after them; 0 when more has to be received.</param>
/// <param name="IsEnd">True for the trailer section with its empty line, the last there is.</param>
internal readonly record struct ChunkPiece(int Skip, int Length, bool IsEnd);
