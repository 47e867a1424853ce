using JupyterHub.Cli;

return await HubCommand.RunAsync(args);
