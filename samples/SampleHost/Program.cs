// A complete hub: everything it does is in the packages, everything it decides is here.
using JupyterHub.Core.Hosting;
using JupyterHub.Samples.SampleHost;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["config"] is { } file)
{
    try
    {
        builder.Configuration.AddJupyterHubFile(ConfigFile.Resolve(file)).AddCommandLine(args);
    }
    catch (HubStartupException problem)
    {
        await Console.Error.WriteLineAsync(problem.Message);
        return 1;
    }
}

var server = await SingleUserServer.FindAsync();
builder.Services
    .AddJupyterHub()
    .ListenOnBindUrl()
    .UseSqlite()
    .UseInProcessProxy()
    .AddDummyAuthenticator()
    .AddSharedPasswordAuthenticator(shared =>
    {
        shared.AllowAll = true;
        shared.AdminUsers.Add("admin");
    })
    .AddProviderLogins()
    .AddLocalProcessSpawner()
    .AddSimpleSpawner(simple =>
    {
        simple.Command = server.Command;
        simple.Args = server.Args;
        simple.Environment = server.Environment;
    });

var app = builder.Build();
app.MapJupyterHub();
app.MapJupyterHubRoot();
return await app.RunJupyterHubAsync($"Servers: {server.Description}");
