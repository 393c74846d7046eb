using System.Runtime.ExceptionServices;

namespace Nudge.VirtualTime;

/// <summary>
/// The slices that have something to do, for the loops of one engine to take. Which loop takes a slice changes nothing in the
/// result, so a free thread takes the one that has waited longest. Once something has failed, nothing more is done.
/// </summary>
/// <param name="wakeAt">Threads that wait are also woken when this many things are left to do.</param>
/// <param name="threads">Threads that take slices beside the caller's.</param>
/// <param name="caller">What the caller's thread does while it waits; null where it sleeps.</param>
internal sealed class LoopWork(long wakeAt, int threads, IServingThread? caller = null)
{
    private const int Spins = 30;

    // Longer than the pause between two phases; then nothing is left of an engine that is used no more.
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<SliceQueue> _ready = new();
    private long _open;
    private bool _isClosed = true;
    private int _running;
    private int _atWork;
    private ExceptionDispatchInfo? _error;

    /// <summary>Whether something has failed, so that the rest is not worth doing.</summary>
    internal bool HasFailed => Volatile.Read(ref _error) is not null;

    /// <summary>Things that are not done yet.</summary>
    internal long Open => Volatile.Read(ref _open);

    /// <summary>From now on loops take work.</summary>
    internal void Start()
    {
        int missing;
        lock (_gate)
        {
            _isClosed = false;
            missing = threads - _running;
            _running = threads;
        }

        for (; missing > 0; missing--)
            new Thread(Run) { IsBackground = true, Name = "nudge loop" }.Start();
    }

    /// <summary>All is done, or something has failed and no thread is at a slice any more; idle threads end soon.</summary>
    /// <exception cref="Exception">What a slice has thrown, now and each time from then on.</exception>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (HasFailed)
                _ready.Clear();
            while (HasFailed && _atWork > 0)
                Monitor.Wait(_gate);
        }

        Volatile.Read(ref _error)?.Throw();
    }

    /// <summary>Counts one more thing to do.</summary>
    internal void Begin() => Interlocked.Increment(ref _open);

    /// <summary>Counts one thing as done.</summary>
    internal void End()
    {
        long left = Interlocked.Decrement(ref _open);
        if (left == 0 || left == wakeAt)
            Wake();
    }

    /// <summary>Keeps the first failure.</summary>
    internal void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
        Wake();
    }

    /// <summary>Offers a slice that has something to do.</summary>
    internal void Offer(SliceQueue slice)
    {
        lock (_gate)
        {
            _ready.Enqueue(slice);
            Monitor.Pulse(_gate);
        }

        WakeCaller();
    }

    /// <summary>Wakes all threads, so that those that wait for something other than a slice look at it again.</summary>
    internal void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
        WakeCaller();
    }

    /// <summary>Runs slices on the caller's thread until a condition holds, or something has failed.</summary>
    /// <param name="condition">Becomes true by what some loop does; <see cref="Wake"/> is called then.</param>
    internal void RunUntil(Func<bool> condition)
    {
        bool IsOver() => HasFailed || condition();
        if (caller is not null)
        {
            RunServing(caller, IsOver);
            return;
        }

        while (!IsOver() && TryTake(IsOver, out SliceQueue? slice))
            Run(slice!);
    }

    private void RunServing(IServingThread thread, Func<bool> isOver)
    {
        while (!isOver())
        {
            SliceQueue? slice;
            lock (_gate)
            {
                if (_ready.TryDequeue(out slice))
                    _atWork++;
            }

            if (slice is not null)
                Run(slice);
            thread.Serve(mayWait: slice is null);
        }
    }

    private void WakeCaller()
    {
        if (caller is { IsCurrent: false })
            caller.Wake();
    }

    // One loop: takes slices and runs them until it has been idle for long.
    private void Run()
    {
        while (TryTake(null, out SliceQueue? slice))
            Run(slice!);
    }

    private void Run(SliceQueue slice)
    {
        slice.Run();
        lock (_gate)
        {
            _atWork--;
            if (HasFailed)
                Monitor.PulseAll(_gate);
        }
    }

    private bool TryTake(Func<bool>? condition, out SliceQueue? slice)
    {
        var spin = new SpinWait();
        while (spin.Count < Spins && !Volatile.Read(ref _isClosed) && !(condition?.Invoke() ?? false))
        {
            if (_ready.Count > 0)
                break;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            while (true)
            {
                slice = null;
                if (condition?.Invoke() ?? false)
                {
                    // The pulse that woke this thread may have been meant for one that takes slices.
                    if (_ready.Count > 0)
                        Monitor.Pulse(_gate);
                    return false;
                }

                if (_ready.TryDequeue(out slice))
                {
                    _atWork++;
                    return true;
                }

                if (condition is not null)
                {
                    Monitor.Wait(_gate);
                }
                else if (!Monitor.Wait(_gate, IdleFor) && _isClosed && _ready.Count == 0)
                {
                    _running--;
                    return false;
                }
            }
        }
    }
}
