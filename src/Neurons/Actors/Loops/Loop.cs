using System.Collections.Concurrent;
using Akka.Dispatch;

namespace Nudge.Actors.Loops;

/// <summary>
/// One thread that runs what it is given in turn. Work that its own work gives goes through a plain queue and wakes nobody;
/// work from other threads goes through a concurrent one, and wakes the thread only where it sleeps. The rounds alternate,
/// so that neither kind can keep the other waiting.
/// </summary>
internal sealed class Loop
{
    private readonly Queue<IRunnable> _own = new();
    private readonly ConcurrentQueue<IRunnable> _foreign = new();
    private readonly object _sleep = new();
    private readonly Thread _thread;
    private readonly int _spins;
    private int _asleep;
    private volatile bool _ended;

    /// <param name="name">Name of the thread.</param>
    /// <param name="spins">How often it looks for new work before it sleeps; more than 0 only where a core is free.</param>
    internal Loop(string name, int spins)
    {
        _spins = spins;
        _thread = new(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

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

    private void Wake()
    {
        // The full fence orders the work before the look at the flag, as the thread's own orders the flag before its last look.
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
            Pulse();
    }

    private void Run()
    {
        while (true)
        {
            bool worked = RunOwn();
            worked |= RunForeign();
            if (worked || HasForeignSoon())
                continue;
            if (_ended)
                return;
            Sleep();
        }
    }

    // Only what was there when the round began: work may give work without end.
    private bool RunOwn()
    {
        int count = _own.Count;
        for (int i = 0; i < count; i++)
            _own.Dequeue().Run();
        return count > 0;
    }

    private bool RunForeign()
    {
        int count = 0;
        for (int most = _foreign.Count; count < most && _foreign.TryDequeue(out IRunnable? work); count++)
            work.Run();
        return count > 0;
    }

    private bool HasForeignSoon()
    {
        for (int spin = 0; spin < _spins; spin++)
        {
            if (!_foreign.IsEmpty)
                return true;
            Thread.SpinWait(20);
        }

        return !_foreign.IsEmpty;
    }

    private void Pulse()
    {
        lock (_sleep)
            Monitor.Pulse(_sleep);
    }

    private void Sleep()
    {
        lock (_sleep)
        {
            Interlocked.Exchange(ref _asleep, 1);
            if (_foreign.IsEmpty && !_ended)
                Monitor.Wait(_sleep);
            _asleep = 0;
        }
    }
}
