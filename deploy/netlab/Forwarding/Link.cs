using System.Diagnostics;

namespace Nudge.Netlab.Forwarding;

/// <summary>One direction between two hosts: numbers its packets and counts what becomes of them.</summary>
internal sealed class Link(LinkName name, ulong seed)
{
    private readonly Lock _lock = new();
    private long _seen;
    private long _delivered;
    private long _lost;
    private long _cut;
    private TimeSpan _delays;
    private long _lastDue;

    internal LinkName Name => name;

    /// <summary>Takes the next packet; when it is due, or null if it goes no further.</summary>
    internal long? Admit(long now, Conditions conditions, Cuts cuts)
    {
        lock (_lock)
        {
            Fate fate = Fate.Of(seed, name, (ulong)_seen++, conditions);
            if (cuts.Has(name))
            {
                _cut++;
                return null;
            }

            if (fate.Lost)
            {
                _lost++;
                return null;
            }

            long due = now + (long)(fate.Delay.TotalSeconds * Stopwatch.Frequency);
            _lastDue = Math.Max(_lastDue, due);
            return conditions.Reorder ? due : _lastDue;
        }
    }

    internal void Deliver(long admitted, long now)
    {
        lock (_lock)
        {
            _delivered++;
            _delays += Stopwatch.GetElapsedTime(admitted, now);
        }
    }

    /// <summary>A packet was under way when the link was cut.</summary>
    internal void LoseToCut()
    {
        lock (_lock)
            _cut++;
    }

    internal LinkStatistics Statistics()
    {
        lock (_lock)
            return new(name, _seen, _delivered, _lost, _cut, _delivered == 0 ? TimeSpan.Zero : _delays / _delivered);
    }
}
