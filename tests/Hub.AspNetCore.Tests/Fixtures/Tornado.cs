using System.Diagnostics;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>The web framework of the original, as Debian has it; the test script installs it.</summary>
internal static class Tornado
{
    private const string Signing = """
        import sys
        from tornado.web import create_signed_value
        secret, name, value = sys.stdin.read().split()
        print(create_signed_value(bytes.fromhex(secret), name, value).decode())
        """;

    /// <summary>Signs a cookie's value as the original does.</summary>
    public static async Task<string> SignAsync(string secret, string name, string value)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Signing]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.WriteAsync($"{secret} {name} {value}");
        python.StandardInput.Close();
        var signed = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        return signed.Trim();
    }
}
