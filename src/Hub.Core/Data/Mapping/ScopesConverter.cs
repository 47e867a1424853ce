using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JupyterHub.Core.Data.Mapping;

/// <summary>A set of scopes in a text column, stored in order. No value (NULL) is the empty set.</summary>
#pragma warning disable EF1001 // Reading NULL needs convertsNulls; nothing ever asks the database whether such a column is NULL, which is what that switch gets wrong.
internal sealed class ScopesConverter() : ValueConverter<List<string>, string?>(
    value => value == null ? null : JsonText.WriteSet(value),
    text => JsonText.ReadList(text),
    convertsNulls: true);
#pragma warning restore EF1001
