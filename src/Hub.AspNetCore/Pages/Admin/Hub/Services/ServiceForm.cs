using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Services;

/// <summary>Reads the form for a new service as the body that the API takes, so that both check the same.</summary>
internal sealed class ServiceForm(IFormCollection form)
{
    public string Name { get; } = form["name"].ToString().Trim();

    /// <summary>A token made for it; null if none is wanted.</summary>
    public string? Token { get; } = form.ContainsKey("token") ? TokenValues.NewApiToken() : null;

    public JsonObject Body
    {
        get
        {
            var body = new JsonObject
            {
                ["admin"] = form.ContainsKey("admin"),
                ["display"] = form.ContainsKey("display"),
                ["oauth_no_confirm"] = form.ContainsKey("no-confirm"),
                ["oauth_client_allowed_scopes"] = new JsonArray([.. NameList.Of(form["scopes"].ToString()).Select(scope => (JsonNode)scope)]),
            };
            Add(body, "url", form["url"].ToString().Trim());
            Add(body, "oauth_redirect_uri", form["redirect"].ToString().Trim());
            Add(body, "oauth_client_id", form["client"].ToString().Trim());
            Add(body, "api_token", Token ?? "");
            return body;
        }
    }

    /// <summary>The field that a refusal is about.</summary>
    public static string FieldOf(ServiceChange change) => change.Outcome switch
    {
        ServiceOutcome.Exists => "name",
        ServiceOutcome.NotAdmin => "admin",
        ServiceOutcome.NotHeld => "scopes",
        _ => FieldOf(change.Message),
    };

    /// <summary>The field that the API's message is about.</summary>
    public static string FieldOf(string message)
    {
        bool Names(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
        return Names("invalid service name") ? "name"
            : Names("oauth_redirect_uri") ? "redirect"
            : Names("oauth client") || Names("oauth_client_id") ? "client"
            : Names("scope") ? "scopes"
            : Names("url") ? "url"
            : "name";
    }

    private static void Add(JsonObject body, string key, string text)
    {
        if (text.Length > 0)
        {
            body[key] = text;
        }
    }
}
