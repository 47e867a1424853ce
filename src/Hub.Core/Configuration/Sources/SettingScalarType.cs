namespace JupyterHub.Core.Configuration.Sources;

internal enum SettingScalarType
{
    Null,
    True,
    False,
    Number,

    /// <summary>A text that a typed source calls a text.</summary>
    Text,

    /// <summary>A text from a source that knows nothing but texts; it may mean a number or a truth value.</summary>
    Untyped,
}
