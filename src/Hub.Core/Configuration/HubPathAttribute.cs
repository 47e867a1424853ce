namespace JupyterHub.Core.Configuration;

/// <summary>Marks a setting that is a path, or a list of paths. A relative one is made absolute: below the folder of the configuration file it stands in, otherwise below the host's content root.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubPathAttribute : Attribute;
