namespace JupyterHub.Core.Shares;

/// <summary>A share code just made, with the code that is known only now. It never prints it.</summary>
internal sealed class NewShareCode(ShareCodeDetails details, string code)
{
    public ShareCodeDetails Details { get; } = details;

    public string Code { get; } = code;
}
