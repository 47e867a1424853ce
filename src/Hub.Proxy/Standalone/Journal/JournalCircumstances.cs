using System.Text.Json;
using System.Text.Json.Serialization;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>What remembered routes depend on beside themselves.</summary>
/// <param name="Boot">Which start of the machine it was; empty when it does not tell.</param>
/// <param name="DefaultTarget">The default target of the command line.</param>
internal sealed record JournalCircumstances(string Boot, string? DefaultTarget)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    public static JournalCircumstances Now(string? defaultTarget)
    {
        try
        {
            return new JournalCircumstances(File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : "", defaultTarget);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new JournalCircumstances("", defaultTarget);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.JournalCircumstances);

    /// <summary>Null when it is something else.</summary>
    public static JournalCircumstances? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, JournalJson.Default.JournalCircumstances);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Writes <see cref="JournalCircumstances"/>.</summary>
[JsonSerializable(typeof(JournalCircumstances))]
internal sealed partial class JournalJson : JsonSerializerContext;
