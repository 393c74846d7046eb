namespace Nudge.Netlab.Hosts;

/// <summary>
/// A locked file for every lab that runs. The lock ends with its process: a file that can be locked belongs to a lab
/// that was killed, and what it left is removed without touching those that run.
/// </summary>
internal sealed class LabClaim : IDisposable
{
    private const string Folder = "/run/nudge-netlab";
    private readonly string _path;
    private readonly FileStream _lock;

    private LabClaim(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    internal static LabClaim Take(string lab)
    {
        Directory.CreateDirectory(Folder);
        RemoveLeftovers();
        string path = Path.Combine(Folder, lab);
        FileStream? held = TryLock(path);
        return held is null ? throw new LabException($"a lab named {lab} is up already; use --name") : new(path, held);
    }

    internal static void RemoveLeftovers()
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (string path in Directory.GetFiles(Folder))
        {
            using FileStream? stale = TryLock(path);
            if (stale is null)
                continue;
            foreach (Host host in Namespaces.Of(Path.GetFileName(path)))
                Namespaces.Remove(host);
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
