using System.CommandLine;
using System.CommandLine.Help;

namespace JupyterHub.Cli.Proxy;

/// <summary><c>hub proxy</c>: a drop-in for configurable-http-proxy.</summary>
internal static class ProxyCommand
{
    public const string Name = "proxy";

    public static Command Create()
    {
        var command = new Command(Name, "Runs the proxy in front of a hub, with the options and the REST API of configurable-http-proxy. Needs CONFIGPROXY_AUTH_TOKEN.");
        var options = ProxyOptionList.All.Select(Create).ToArray();
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Options.Add(new HelpOption());
        command.SetAction((parsed, cancellationToken) => ProxyRun.RunAsync(new ProxyArguments(parsed, options), cancellationToken));
        return command;
    }

    private static Option Create(ProxyOption option) => option.Value is null
        ? new Option<bool>(option.Name) { Description = option.Help, Hidden = option.IsHidden, Arity = ArgumentArity.Zero }
        : new Option<string[]>(option.Name) { Description = option.Help, Hidden = option.IsHidden, HelpName = option.Value, Arity = ArgumentArity.OneOrMore };
}
