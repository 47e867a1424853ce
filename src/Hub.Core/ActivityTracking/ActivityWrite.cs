using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Writes notes about one table. Times only move forward, whoever else writes them, and a row that was given the id of another is left alone.</summary>
internal sealed class ActivityWrite(Type row, string table, string isTheRow)
{
    public static ActivityWrite Users { get; } = new(typeof(Users.HubUser), "users", "cookie_id = @mark");

    public static ActivityWrite Tokens { get; } = new(typeof(Tokens.HubToken), "api_tokens", "hashed = @mark");

    public static ActivityWrite Spawners { get; } = new(
        typeof(Servers.HubSpawner), "spawners", "name = @name AND EXISTS (SELECT 1 FROM users WHERE users.id = spawners.user_id AND users.cookie_id = @mark)");

    /// <summary>Part of a write of the caller, on whose connection and transaction it runs: one prepared statement for all notes.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The statement is made of constants of this class.")]
    public async Task RunAsync(HubDbContext context, IReadOnlyCollection<KeyValuePair<int, ActivityNote>> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }

        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"UPDATE {table} SET last_activity = @at WHERE id = @id AND {isTheRow} AND (last_activity < @at OR (last_activity IS NULL AND @known = 0))";
        var times = context.Model.FindEntityType(row)!.FindProperty("LastActivity")!.GetRelationalTypeMapping();
        foreach (var (id, note) in notes)
        {
            command.Parameters.Clear();
            command.Parameters.Add(times.CreateParameter(command, "@at", note.At, nullable: false));
            Add(command, "@id", id);
            Add(command, "@mark", note.Mark);
            Add(command, "@name", note.Name);
            Add(command, "@known", note.Stored is null ? 0 : 1);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
