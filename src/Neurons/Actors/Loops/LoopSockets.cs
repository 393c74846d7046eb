using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Akka.Dispatch;
using Akka.Event;

namespace Nudge.Actors.Loops;

/// <summary>
/// The sockets that the loop of an actor system serves, and how it waits for them in the kernel. They are kept apart
/// from the loop: its thread ends when no actor is left, and the next actor gets another loop.
/// </summary>
public sealed class LoopSockets
{
    private static readonly ConditionalWeakTable<EventStream, LoopSockets> OfSystems = [];
    private readonly object _gate = new();
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private volatile ILoopSocket[] _present = [];
    private volatile Loop? _loop;
    private Socket? _waker;
    private long _busy;

    /// <summary>The sockets of an actor system.</summary>
    /// <param name="system">Its event stream, which names it where Akka gives no more.</param>
    public static LoopSockets Of(EventStream system) => OfSystems.GetValue(system, _ => new());

    private Loop Present => _loop ?? throw new InvalidOperationException("No actor runs on the loop.");

    internal bool IsEmpty => _present.Length == 0;

    /// <summary>For how long the loop, and those before it, have worked since the system began, and not waited.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Interlocked.Read(ref _busy));

    /// <summary>Has the loop serve a socket.</summary>
    public void Add(ILoopSocket socket)
    {
        lock (_gate)
        {
            _waker ??= OpenWaker();
            _present = [.. _present, socket];
        }

        _loop?.Wake();
    }

    /// <summary>Has the loop serve a socket no more.</summary>
    public void Remove(ILoopSocket socket)
    {
        lock (_gate)
            _present = [.. _present.Where(one => one != socket)];
        _loop?.Wake();
    }

    /// <summary>Whether the caller runs on the loop, which flushes by itself at the end of its round.</summary>
    public bool IsOnLoop => _loop?.IsCurrent == true;

    /// <summary>Gives the loop something to do; it must exist, which it does while an actor runs on it.</summary>
    public void Execute(Action work) => Present.Execute(new ActionRunnable(work));

    /// <summary>Within work of the loop that lasts: runs what else is ready, and gives and takes what sockets have.</summary>
    /// <param name="mayWait">Whether it may wait for others where nothing is ready.</param>
    public void Serve(bool mayWait) => Present.Serve(mayWait);

    /// <summary>Has the loop flush what another thread has sent.</summary>
    public void Wake() => _loop?.Wake();

    internal void ServedBy(Loop loop) => _loop = loop;

    internal void CountBusy(TimeSpan time) => Interlocked.Add(ref _busy, time.Ticks);

    internal void Flush()
    {
        foreach (ILoopSocket socket in _present)
            socket.Flush();
    }

    internal void Receive()
    {
        foreach (ILoopSocket socket in _present)
            socket.Receive();
    }

    /// <summary>Receives from those that the last wait ended for.</summary>
    internal void ReceiveReady()
    {
        foreach (ILoopSocket socket in _present)
        {
            if (socket.HasUnread || _readable.Contains(socket.Socket))
                socket.Receive();
        }
    }

    /// <summary>Waits until something can be received or sent, or another thread wakes the loop.</summary>
    /// <returns>Whether it is known which sockets can be received from.</returns>
    internal bool Wait()
    {
        _readable.Clear();
        _writable.Clear();
        _readable.Add(_waker!);
        TimeSpan atMost = System.Threading.Timeout.InfiniteTimeSpan;
        foreach (ILoopSocket socket in _present)
        {
            TimeSpan held = socket.HeldFor;
            if (held == TimeSpan.Zero)
                _readable.Add(socket.Socket);
            if (held > TimeSpan.Zero || socket.HasUnread)
                atMost = atMost < TimeSpan.Zero || held < atMost ? held : atMost;
            if (socket.HasUnsent)
                _writable.Add(socket.Socket);
        }

        try
        {
            Socket.Select(_readable, _writable.Count > 0 ? _writable : null, null, atMost);
            if (_readable.Contains(_waker!))
                _waker!.Receive(stackalloc byte[16]);
            return true;
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException)
        {
            // A connection was closed meanwhile: the next round no longer has it.
            return false;
        }
    }

    internal void WakeFromWait() => _waker?.Send([0]);

    // Connected with itself, it takes nothing from others, and any thread can make it readable.
    private static Socket OpenWaker()
    {
        var waker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        waker.Connect(waker.LocalEndPoint!);
        waker.Blocking = false;
        return waker;
    }
}
