using JupyterHub.Proxy.Standalone.Journal;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Standalone;

/// <summary>A rename that nobody brings to the disk gives a machine that lost its power the old file, without the changes since.</summary>
public sealed class FolderFlushTests
{
    [Fact]
    public void A_folder_is_brought_to_the_disk()
    {
        using var folder = new TestFolder();
        Assert.True(FolderFlush.Flush(folder.Combine("routes.journal")));
        Assert.False(FolderFlush.Flush(folder.Combine("missing/routes.journal")));
    }
}
