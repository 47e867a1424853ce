namespace JupyterHub.Core.Configuration;

/// <summary>Marks a setting that is a path. When it comes from the configuration it is made absolute: below the folder of the file it stands in, otherwise below the host's content root.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubPathAttribute : Attribute;
