// A hub with pages of its own: settings in appsettings.json, parts and a page in Areas/JupyterHub/Pages, texts in Resources.
using Microsoft.Extensions.Localization;

// Names of resources begin with the root namespace, which here is not the assembly's name.
[assembly: RootNamespace("JupyterHub.Samples.CustomPages")]

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddLocalization(options => options.ResourcesPath = "Resources");
builder.Services
    .AddJupyterHub()
    .ListenOnBindUrl()
    .UseSqlite()
    .AddSharedPasswordAuthenticator(shared =>
    {
        shared.AllowAll = true;
        shared.AdminUsers.Add("admin");
    })
    .AddSimpleSpawner(simple => simple.Command = ["jupyterhub-singleuser"]);

var app = builder.Build();
string[] languages = ["en", "de", "fr"];
app.UseRequestLocalization(options => options.SetDefaultCulture("en").AddSupportedCultures(languages).AddSupportedUICultures(languages));
app.MapJupyterHub();
app.MapJupyterHubRoot();
return await app.RunJupyterHubAsync();
