using System.Net.Sockets;

namespace Nudge.Actors.Loops;

/// <summary>A socket that a loop serves, without blocking; only the loop's thread calls it.</summary>
public interface ILoopSocket
{
    /// <summary>The socket, to wait for.</summary>
    Socket Socket { get; }

    /// <summary>Whether bytes wait that the kernel did not take.</summary>
    bool HasUnsent { get; }

    /// <summary>Whether something can be received that waiting for the socket does not tell of.</summary>
    bool HasUnread => false;

    /// <summary>How long nothing is to be received, by a limit that the socket has; zero where it has none now.</summary>
    TimeSpan HeldFor => TimeSpan.Zero;

    /// <summary>Takes what has come, all or as much as is due in one turn, and gives it to those whom it is for.</summary>
    void Receive();

    /// <summary>Gives the kernel all that was sent since the last time, in one write.</summary>
    void Flush();
}
