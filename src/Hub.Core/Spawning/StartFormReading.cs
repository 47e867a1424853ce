namespace JupyterHub.Core.Spawning;

/// <summary>How the fields of an operator's own form become options, where no code does it and none are declared.</summary>
public enum StartFormReading
{
    /// <summary>Every field is a list of texts, as the original has it.</summary>
    Passthrough,

    /// <summary>A field with one value is that text, and the <c>on</c> of a check box is true; several values stay a list.</summary>
    Simple,
}
