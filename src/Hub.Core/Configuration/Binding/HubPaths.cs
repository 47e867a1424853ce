using System.Reflection;

namespace JupyterHub.Core.Configuration.Binding;

/// <summary>Makes paths absolute that code set: those of the configuration are absolute already, by the file they stand in.</summary>
internal static class HubPaths
{
    public static void Complete(object? options, string contentRoot)
    {
        if (options is null)
        {
            return;
        }

        foreach (var property in OptionsShape.Of(options.GetType()).Properties.Where(property => property.IsDefined(typeof(HubPathAttribute))))
        {
            if (property.GetValue(options) is string { Length: > 0 } path)
            {
                property.SetValue(options, Path.GetFullPath(path, contentRoot));
            }
            else if (property.GetValue(options) is IList<string> { Count: > 0 } paths)
            {
                property.SetValue(options, paths.Select(item => Path.GetFullPath(item, contentRoot)).ToList());
            }
        }
    }
}
