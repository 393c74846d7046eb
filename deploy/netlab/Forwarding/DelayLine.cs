using System.Diagnostics;

namespace Nudge.Netlab.Forwarding;

/// <summary>Holds packets until they are due: never gives one out early.</summary>
internal sealed class DelayLine
{
    private readonly object _lock = new();
    private readonly PriorityQueue<Flight, (long Due, long Order)> _flights = new();
    private long _order;
    private bool _closed;

    internal void Add(Flight flight)
    {
        lock (_lock)
        {
            // Equal times keep the order of arrival.
            _flights.Enqueue(flight, (flight.Due, _order++));
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits for the next packet that is due; null once the line is closed.</summary>
    internal Flight? Next()
    {
        lock (_lock)
        {
            while (!_closed)
            {
                long now = Stopwatch.GetTimestamp();
                if (_flights.TryPeek(out Flight? flight, out _) && flight.Due <= now)
                    return _flights.Dequeue();
                if (flight is null)
                    Monitor.Wait(_lock);
                else
                    Monitor.Wait(_lock, 1 + (int)Stopwatch.GetElapsedTime(now, flight.Due).TotalMilliseconds);
            }

            return null;
        }
    }

    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }
}
