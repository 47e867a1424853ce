// The smallest service of a hub: it says who you are, as a page and as JSON.
using System.Net;
using System.Security.Claims;
using JupyterHub.Client.Authentication;
using JupyterHub.Client.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
// Below a warning the framework writes whole addresses, in which codes of sign-ins travel.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.UseJupyterHubServiceUrl();
builder.Services.AddAuthentication().AddJupyterHub();
builder.Services.AddAuthorization();

var app = builder.Build();
app.MapGet("/health", () => "well");
app.MapGet("/api/me", (ClaimsPrincipal you) => new Dictionary<string, object?>
{
    ["name"] = you.Identity?.Name,
    ["kind"] = you.FindFirstValue(HubClaimTypes.Kind),
    ["admin"] = you.IsHubAdmin(),
    ["groups"] = you.GetHubGroups(),
    ["scopes"] = you.GetHubScopes(),
}).RequireAuthorization();
app.MapPost("/api/echo", (HttpContext context) => Results.Stream(context.Request.Body)).RequireAuthorization();
app.MapGet("/users", () => "You may list everybody.").RequireHubScope("list:users");
app.MapGet("/", (ClaimsPrincipal you, HubLinks links) => Results.Content(
    $"<h1>You are {WebUtility.HtmlEncode(you.Identity?.Name)}</h1><p><a href=\"api/me\">as JSON</a> <a href=\"{links.SignOut}\">Sign out</a></p>",
    "text/html; charset=utf-8")).RequireAuthorization();
return await app.RunAsHubServerAsync();
