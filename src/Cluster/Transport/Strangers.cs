using System.Net.Sockets;

namespace Nudge.Transport;

/// <summary>
/// Connections that have come and have not yet said who they are: a bounded number, of which the oldest makes room for a new one, so
/// that those who send nothing keep nobody out. Any thread may call it.
/// </summary>
internal sealed class Strangers
{
    /// <summary>How many there may be; each has a thread while it is one.</summary>
    internal const int Most = 64;

    private readonly object _gate = new();
    private readonly LinkedList<Socket> _byAge = [];

    /// <summary>Takes one more.</summary>
    internal void Add(Socket socket)
    {
        Socket? oldest = null;
        lock (_gate)
        {
            if (_byAge.Count == Most)
            {
                oldest = _byAge.First!.Value;
                _byAge.RemoveFirst();
            }

            _byAge.AddLast(socket);
        }

        oldest?.Dispose();
    }

    /// <summary>One is known, or has ended.</summary>
    /// <returns>Whether it was still there.</returns>
    internal bool Remove(Socket socket)
    {
        lock (_gate)
            return _byAge.Remove(socket);
    }

    /// <summary>Closes all.</summary>
    internal void CloseAll()
    {
        lock (_gate)
        {
            foreach (Socket socket in _byAge)
                socket.Dispose();
            _byAge.Clear();
        }
    }
}
