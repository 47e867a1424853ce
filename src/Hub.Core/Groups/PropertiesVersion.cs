using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.Core.Groups;

/// <summary>A short text that differs where a group's properties differ, so that a form can say which ones it was made of.</summary>
internal static class PropertiesVersion
{
    public static string Of(JsonObject? properties) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((properties ?? []).ToJsonString())).AsSpan(0, 16));
}
