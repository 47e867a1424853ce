using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JupyterHub.Core.Data.Mapping;

internal static class PropertyBuilderExtensions
{
    public static PropertyBuilder<JsonObject?> IsJsonObject(this PropertyBuilder<JsonObject?> property) =>
        property.HasConversion(new JsonObjectConverter(), new JsonObjectComparer());

    public static PropertyBuilder<List<string>> IsScopes(this PropertyBuilder<List<string>> property) =>
        property.HasConversion(new ScopesConverter(), new ScopesComparer()).IsRequired(false);

    public static PropertyBuilder<List<string>?> IsCommand(this PropertyBuilder<List<string>?> property) =>
        property.HasConversion(new CommandConverter(), new CommandComparer());
}
