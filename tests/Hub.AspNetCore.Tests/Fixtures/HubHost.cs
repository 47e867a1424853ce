using System.Net;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>A real hub on a free port of this machine, with its database and servers in a folder of its own.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    private readonly TestFolder folder;
    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };

    private HubHost(TestFolder folder, WebApplication app)
    {
        this.folder = folder;
        App = app;
        Url = new Uri(app.Urls.First());
        Client = new HttpClient(handler, disposeHandler: false) { BaseAddress = Url };
        Data = new HubData(this);
    }

    public WebApplication App { get; }

    /// <summary>Where the application listens; its host is an address, never a name.</summary>
    public Uri Url { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public HubData Data { get; }

    public string Folder => folder.Path;

    public IHubDatabase Database => Get<IHubDatabase>();

    public static async Task<HubHost> StartAsync(Action<HubSetup>? configure = null)
    {
        var setup = new HubSetup();
        configure?.Invoke(setup);
        var folder = new TestFolder();
        try
        {
            var app = Build(setup, folder);
            await app.StartAsync();
            return new HubHost(folder, app);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>A browser without cookies.</summary>
    public HubBrowser Browser() => new(this);

    /// <summary>A browser that has signed in through the form.</summary>
    public async Task<HubBrowser> SignInAsync(string userName, string password = Password)
    {
        var browser = Browser();
        using var answer = await browser.SignInAsync(userName, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Sends a request whose path stays as it is written.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string target, string? token = null, HttpContent? body = null)
    {
        var request = NewRequest(method, target);
        request.Content = body;
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public HttpRequestMessage NewRequest(string method, string target) => new(
        new HttpMethod(method),
        new Uri(Url.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    /// <summary>Starts a server and waits until it answers.</summary>
    public async Task StartServerAsync(string userName, string mode = "normal")
    {
        var operation = await Get<ServerSupervisor>().StartAsync(userName, "", new ServerChoices(UserOptions: new() { ["mode"] = mode }), CancellationToken.None);
        Assert.Null(await operation.Completion.WaitAsync(Eventually.Deadline));
    }

    /// <summary>Kills a server's process, if it has one.</summary>
    public async Task KillServerAsync(string userName)
    {
        var users = (await Data.ListAsync<HubUser>()).Where(user => user.Name == userName).Select(user => user.Id).ToList();
        foreach (var row in (await Data.ListAsync<HubSpawner>()).Where(row => users.Contains(row.UserId)))
        {
            if (row.State?["pid"]?.GetValue<int>() is { } pid)
            {
                Signals.Send(pid, Signals.Kill);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        handler.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>The application of a test, not started.</summary>
    public static WebApplication Build(HubSetup setup, TestFolder folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = folder.Path,
            ApplicationName = setup.ApplicationName,
            EnvironmentName = setup.Environment,

            // Each watched folder is one of the few watches that a user of the system has.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpContextAccessor();
        builder.Logging.ClearProviders();
        if (setup.Logs is { } logs)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        }

        AddConfiguration(builder, setup, folder);
        setup.Services?.Invoke(builder);
        if (setup.HasHub)
        {
            AddHub(builder.Services, setup, folder);
        }

        setup.LateServices?.Invoke(builder);
        var app = builder.Build();
        setup.App?.Invoke(app);
        if (setup.HasHub)
        {
            app.MapJupyterHub();
            if (setup.MapsRoot)
            {
                app.MapJupyterHubRoot();
            }
        }

        return app;
    }

    private static void AddConfiguration(WebApplicationBuilder builder, HubSetup setup, TestFolder folder)
    {
        if (setup.ConfigurationFile is { } recorded)
        {
            var file = folder.Combine("hub.json");
            File.Copy(Repository.Data(recorded), file, overwrite: true);
            builder.Configuration.AddJupyterHubFile(file);
        }

        builder.Configuration.AddInMemoryCollection(setup.Settings.Select(setting => KeyValuePair.Create($"JupyterHub:{setting.Key}", setting.Value)));
    }

    private static void AddHub(IServiceCollection services, HubSetup setup, TestFolder folder)
    {
        var builder = services.AddJupyterHub(hub =>
            {
                hub.DataDirectory = folder.Combine("data");

                // No machine is too slow for a test that is not about this.
                hub.SlowSpawnTimeout = hub.SlowStopTimeout = Eventually.Deadline.TotalSeconds;
                setup.Hub?.Invoke(hub);
            })
            .UseSqlite()
            .AddDummyAuthenticator(dummy =>
            {
                dummy.Password = new HubSecret(Password);
                dummy.AllowAll = true;
                dummy.AdminUsers.Add("root");
                setup.Authenticator?.Invoke(dummy);
            })
            .AddSimpleSpawner(simple =>
            {
                simple.Command = ["/usr/bin/python3", Repository.Data("mock_singleuser.py")];
                simple.EnvironmentFromOptions["MOCK_MODE"] = "mode";
                simple.Ip = LoopbackAddress.New();
                simple.StartTimeout = simple.HttpTimeout = Eventually.Deadline.TotalSeconds;
                simple.InterruptTimeout = 5;
                setup.Spawner?.Invoke(simple);
            });
        setup.Builder?.Invoke(builder);
    }
}
