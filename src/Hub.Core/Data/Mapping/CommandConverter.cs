using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>A command with its arguments in a text column: a list whose order means everything.</summary>
internal sealed class CommandConverter() : ValueConverter<List<string>?, string?>(
    value => value == null ? null : JsonText.WriteList(value),
    text => text == null ? null : JsonText.ReadList(text));
