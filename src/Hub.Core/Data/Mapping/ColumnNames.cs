using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>Names columns as the original does, <c>LastActivity</c> being <c>last_activity</c>, where the mapping names none.</summary>
internal static class ColumnNames
{
    public static void Apply(IMutableModel model)
    {
        foreach (var property in model.GetEntityTypes().SelectMany(entity => entity.GetDeclaredProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
            {
                property.SetColumnName(Of(property.Name));
            }
        }
    }

    private static string Of(string name)
    {
        var result = new StringBuilder();
        foreach (var character in name.Replace("OAuth", "Oauth", StringComparison.Ordinal))
        {
            if (char.IsAsciiLetterUpper(character) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(character));
        }

        return result.ToString();
    }
}
