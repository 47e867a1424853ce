namespace JupyterHub.Core.Configuration.Binding;

/// <summary>The key of a section: the one it has, and the one it was written under, which differs for a shorthand.</summary>
internal readonly record struct SectionPath(string Path, string WrittenAs)
{
    public static implicit operator SectionPath(string path) => new(path, path);

    public SectionPath Below(string name, string writtenAs) => new($"{Path}:{name}", $"{WrittenAs}:{writtenAs}");

    public override string ToString() => WrittenAs;
}
