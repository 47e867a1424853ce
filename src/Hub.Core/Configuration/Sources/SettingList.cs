namespace JupyterHub.Core.Configuration.Sources;

/// <summary>A list, which may be empty.</summary>
internal sealed record SettingList(IReadOnlyList<SettingNode> Items) : SettingNode
{
    public override string Kind => "a list";
}
