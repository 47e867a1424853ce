using System.Text.Json;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Authentication;

/// <summary>tests/data/signed-values.json.</summary>
internal static class SignedValueVectors
{
    public static JsonElement Root { get; } = JsonDocument.Parse(File.ReadAllText(Repository.Data("signed-values.json"))).RootElement;

    public static byte[] Secret { get; } = Convert.FromHexString(Root.GetProperty("secret").GetString()!);

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
