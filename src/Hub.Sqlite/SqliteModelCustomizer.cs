using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace JupyterHub.Sqlite;

/// <summary>Completes the provider-neutral model with what is SQLite's own: how times are kept.</summary>
internal sealed class SqliteModelCustomizer(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        var times = modelBuilder.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetDeclaredProperties())
            .Where(property => property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?));
        foreach (var property in times)
        {
            property.SetValueConverter(new SqliteTimeConverter());
        }
    }
}
