using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class LogFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string Log => folder.Combine("a.log");

    [Fact]
    public void One_that_is_short_enough_is_left_alone()
    {
        File.WriteAllText(Log, "12345");

        LogFile.Trim(Log, 5, kept: 2);

        Assert.Equal("12345", File.ReadAllText(Log));
        Assert.False(File.Exists($"{Log}.1"));
    }

    [Fact]
    public void One_that_is_too_long_is_begun_anew_and_whoever_writes_it_goes_on()
    {
        using var writer = new StreamWriter(new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        foreach (var text in (string[])["first.", "second", "third."])
        {
            writer.Write(text);
            LogFile.Trim(Log, 5, kept: 2);
        }

        writer.Write("!");

        // What the platform's append mode does at the system's level is what a shell's ">>" does.
        Assert.EndsWith("!", File.ReadAllText(Log), StringComparison.Ordinal);
        Assert.Equal(["hird.", "econd"], new[] { 1, 2 }.Select(age => File.ReadAllText($"{Log}.{age}")));
        Assert.False(File.Exists($"{Log}.3"));
    }

    public void Dispose() => folder.Dispose();
}
