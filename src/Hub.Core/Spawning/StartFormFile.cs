namespace JupyterHub.Core.Spawning;

/// <summary>A file that was sent with the form of an operator's own.</summary>
/// <param name="FileName">Its name, as the browser told it.</param>
/// <param name="ContentType">Its media type, as the browser told it.</param>
/// <param name="Content">Its bytes.</param>
public sealed record StartFormFile(string FileName, string ContentType, ReadOnlyMemory<byte> Content);
