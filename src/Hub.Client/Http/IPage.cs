namespace JupyterHub.Client.Http;

/// <summary>A part of a listing.</summary>
internal interface IPage<out TItem>
{
    IEnumerable<TItem> AllItems { get; }

    Pagination? Pagination { get; }
}
