namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Marks a section that may also be written as a plain list, which then means one of its settings.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ListFormAttribute(string setting) : Attribute
{
    /// <summary>The setting that the list stands for.</summary>
    public string Setting => setting;
}
