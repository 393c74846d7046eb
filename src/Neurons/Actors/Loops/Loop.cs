using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Dispatch;

namespace Nudge.Actors.Loops;

/// <summary>
/// One thread that runs what it is given in turn. Work that comes from its own work goes through a plain queue and wakes no
/// thread; work from other threads goes through a concurrent one, and wakes the thread only where it sleeps. The rounds alternate,
/// so that neither kind can keep the other waiting. When nothing else is ready, it flushes its sockets, each once, and
/// waits for them in the kernel.
/// </summary>
internal sealed class Loop
{
    private const int Awake = 0;
    private const int Asleep = 1;
    private const int InKernel = 2;

    // Sockets are served at least this often where work follows on work without end.
    private const int RoundsUnserved = 16;
    private readonly Queue<IRunnable> _own = new();
    private readonly ConcurrentQueue<IRunnable> _foreign = new();
    private readonly LoopSockets? _sockets;
    private readonly object _sleep = new();
    private readonly Thread _thread;
    private int _asleep;
    private int _unserved;
    private long _counted = Stopwatch.GetTimestamp();
    private volatile bool _ended;

    /// <param name="name">Name of the thread.</param>
    /// <param name="sockets">The sockets that it serves, or null.</param>
    internal Loop(string name, LoopSockets? sockets)
    {
        _sockets = sockets;
        _thread = new(Run) { Name = name, IsBackground = true };
        sockets?.ServedBy(this);
        _thread.Start();
    }

    /// <summary>Whether the caller runs on the loop.</summary>
    internal bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Gives work to the thread.</summary>
    internal void Execute(IRunnable work)
    {
        if (Thread.CurrentThread == _thread)
        {
            _own.Enqueue(work);
            return;
        }

        _foreign.Enqueue(work);
        Wake();
    }

    /// <summary>Lets the thread end once it has nothing left to do; what is given to it later is not run.</summary>
    internal void End()
    {
        _ended = true;
        Wake();
    }

    /// <summary>Wakes the thread where it sleeps, so that it sees what the caller has written before.</summary>
    internal void Wake()
    {
        // The full fence orders the work before the look at the flag, as the thread's own orders the flag before its last look.
        switch (Interlocked.Exchange(ref _asleep, Awake))
        {
            case Asleep:
                Pulse();
                break;
            case InKernel:
                _sockets!.WakeFromWait();
                break;
        }
    }

    private void Run()
    {
        while (true)
        {
            bool worked = RunOwn();
            worked |= RunForeign();
            if (_own.Count > 0 || !_foreign.IsEmpty)
            {
                if (_sockets is { IsEmpty: false } && ++_unserved >= RoundsUnserved)
                    ServeSockets();
                continue;
            }

            if (_ended && !worked)
            {
                CountBusy();
                return;
            }

            if (!_ended)
                Sleep();
        }
    }

    /// <summary>
    /// Serves others within a piece of work that lasts, on the loop's thread: runs what is ready, and gives and takes what
    /// sockets have. Where nothing is ready it may wait for others.
    /// </summary>
    internal void Serve(bool mayWait)
    {
        bool worked = RunOwn();
        worked |= RunForeign();
        if (mayWait && !worked && !_ended && _own.Count == 0)
            Sleep();
        else if (_sockets is { IsEmpty: false })
            ServeSockets();
    }

    // Only what was there when the round began: work may give work without end. Work that serves others runs a part of it itself.
    private bool RunOwn()
    {
        int count = 0;
        for (int most = _own.Count; count < most && _own.TryDequeue(out IRunnable? work); count++)
            work.Run();
        return count > 0;
    }

    private bool RunForeign()
    {
        int count = 0;
        for (int most = _foreign.Count; count < most && _foreign.TryDequeue(out IRunnable? work); count++)
            work.Run();
        return count > 0;
    }

    private void ServeSockets()
    {
        CountBusy();
        _unserved = 0;
        _sockets!.Flush();
        _sockets.Receive();
    }

    private void Pulse()
    {
        lock (_sleep)
            Monitor.Pulse(_sleep);
    }

    private void CountBusy()
    {
        long now = Stopwatch.GetTimestamp();
        _sockets?.CountBusy(Stopwatch.GetElapsedTime(_counted, now));
        _counted = now;
    }

    private void Sleep()
    {
        if (_sockets is { IsEmpty: false })
        {
            _unserved = 0;
            _sockets.Flush();
            CountBusy();
            Interlocked.Exchange(ref _asleep, InKernel);
            // A socket that was added or written to by another thread since is seen here, or wakes the wait.
            bool quiet = _foreign.IsEmpty && !_ended && _sockets.Wait();
            Interlocked.Exchange(ref _asleep, Awake);
            _counted = Stopwatch.GetTimestamp();
            if (quiet)
                _sockets.ReceiveReady();
            return;
        }

        CountBusy();
        lock (_sleep)
        {
            Interlocked.Exchange(ref _asleep, Asleep);
            if (_foreign.IsEmpty && !_ended && _sockets is not { IsEmpty: false })
                Monitor.Wait(_sleep);
            _asleep = Awake;
        }

        _counted = Stopwatch.GetTimestamp();
    }
}
