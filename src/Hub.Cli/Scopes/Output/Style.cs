namespace JupyterHub.Cli.Scopes.Output;

/// <summary>Colour, only where somebody sees it: on a terminal, unless <c>NO_COLOR</c> says otherwise.</summary>
internal sealed class Style(bool isColoured)
{
    public static Style OfOutput() => new(
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));

    public string Bold(string text) => Wrap(text, "1");

    public string Good(string text) => Wrap(text, "32");

    public string Bad(string text) => Wrap(text, "31");

    private string Wrap(string text, string code) => isColoured ? $"\e[{code}m{text}\e[0m" : text;
}
