using System.Diagnostics;
using System.Text.Json;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>The web framework of the original, as Debian has it; the test script installs it.</summary>
internal static class Tornado
{
    private const string Script = """
        import json, sys
        from tornado.web import decode_signed_value
        job = json.load(sys.stdin)
        read = [decode_signed_value(bytes.fromhex(job["secret"]), job["name"], text, max_age_days=14, min_version=2) for text in job["signed"]]
        json.dump([None if value is None else value.decode() for value in read], sys.stdout)
        """;

    public static async Task<IReadOnlyList<string?>> DecodeAsync(byte[] secret, string name, IEnumerable<string> signed)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(new { secret = Convert.ToHexString(secret), name, signed }));
        python.StandardInput.Close();
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return JsonSerializer.Deserialize<List<string?>>(output)!;
    }
}
