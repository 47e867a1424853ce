using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Tests.Hosting;

/// <summary>An application with a life of its own, which may also have a hub below /lab/.</summary>
internal static class EmbeddingHost
{
    public const string ApplicationName = "JupyterHub.AspNetCore.Tests";

    public static Task<HubHost> StartAsync(bool hasHub, bool mapsRoot = false, bool hasFallback = true) => HubHost.StartAsync(setup =>
    {
        setup.HasHub = hasHub;
        setup.MapsRoot = mapsRoot;
        setup.ApplicationName = ApplicationName;
        setup.Hub = hub => hub.BaseUrl = "/lab/";
        setup.Services = AddServices;
        setup.App = app => Map(app, hasFallback);
    });

    private static void AddServices(WebApplicationBuilder builder)
    {
        var files = Directory.CreateDirectory(Path.Combine(builder.Environment.ContentRootPath, "wwwroot"));
        File.WriteAllText(Path.Combine(files.FullName, "hello.txt"), "a file of the host");
        builder.Environment.WebRootFileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(files.FullName);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/sign-in");
        builder.Services.AddAuthorization(authorization => authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins("https://friend.example").AllowAnyHeader()));
        builder.Services.AddAntiforgery(antiforgery => antiforgery.HeaderName = "X-Host-Token");
        builder.Services.AddRazorPages();
        builder.Services.AddControllers().AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper);
    }

    private static void Map(WebApplication app, bool hasFallback)
    {
        app.UseStaticFiles();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapGet("/data", () => new { SomeName = 1, Nested = new { OtherName = "x" } }).AllowAnonymous();
        app.MapGet("/private", (ClaimsPrincipal user) => $"private to {user.Identity!.Name}");
        app.MapGet("/sign-in", (HttpContext context) => Results.SignIn(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "guest")], "test")))).AllowAnonymous();
        app.MapPost("/form", ([FromForm] string text) => text).AllowAnonymous();
        app.MapGet("/hub", () => "the host's own hub").AllowAnonymous();
        app.MapGet("/hub/login", () => "the host's own hub login").AllowAnonymous();
        app.MapGet("/user/{name}", (string name) => $"the host's own user {name}").AllowAnonymous();
        app.MapGet("/lab/", () => "the host's own lab").AllowAnonymous();
        app.MapGet("/lab/anything", () => "anything of the host").AllowAnonymous();
        app.MapRazorPages();
        app.MapControllers();
        if (hasFallback)
        {
            app.MapFallback(() => "the host's fallback").AllowAnonymous();
        }
    }
}
