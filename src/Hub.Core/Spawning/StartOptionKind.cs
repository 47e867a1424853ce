namespace JupyterHub.Core.Spawning;

/// <summary>What a start option holds.</summary>
public enum StartOptionKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of several values.</summary>
    Choice,
}
