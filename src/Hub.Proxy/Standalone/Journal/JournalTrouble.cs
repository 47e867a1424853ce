using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Tells what is wrong with a journal, and that it is over: once each, however often it is tried again.</summary>
internal sealed class JournalTrouble(string path, ILogger logger)
{
    private readonly Lock gate = new();
    private bool isBroken;
    private bool isLarge;

    /// <summary>Changes are only in memory.</summary>
    public void Broken(Exception problem)
    {
        lock (gate)
        {
            if (!isBroken)
            {
                Log.Broken(logger, path, problem.Message);
                isBroken = true;
            }
        }
    }

    /// <summary>It could not be written anew, and goes on as it is.</summary>
    public void NotRewritten(Exception problem)
    {
        lock (gate)
        {
            if (!isLarge)
            {
                Log.NotRewritten(logger, path, problem.Message);
                isLarge = true;
            }
        }
    }

    /// <summary>Every change is in the file, which may still wait to be written anew.</summary>
    public void Settled()
    {
        lock (gate)
        {
            if (isBroken)
            {
                Log.Whole(logger, path);
                isBroken = false;
            }
        }
    }

    /// <summary>A file without anything superfluous has taken its place.</summary>
    public void Replaced()
    {
        lock (gate)
        {
            if (isBroken || isLarge)
            {
                Log.Whole(logger, path);
                (isBroken, isLarge) = (false, false);
            }
        }
    }
}
