using Akka.Actor;

namespace Nudge.Hosting;

/// <summary>
/// One question to all slices that ends when each has answered, however often one of them has to come to life again
/// before it does.
/// </summary>
internal sealed class SliceRound
{
    private readonly object _question;
    private readonly Action _answered;
    private readonly HashSet<int> _pending;

    internal SliceRound(object question, IReadOnlyList<SliceRegistry.Place> places, Action answered)
    {
        _question = question;
        _answered = answered;
        _pending = [.. Enumerable.Range(0, places.Count)];
        foreach (SliceRegistry.Place place in places.Where(place => place.IsUp))
            place.Actor.Tell(question);
    }

    internal bool IsOver => _pending.Count == 0;

    /// <summary>Asks a slice that has come to life.</summary>
    internal void Ask(int slice, IActorRef actor)
    {
        if (_pending.Contains(slice))
            actor.Tell(_question);
    }

    internal void Answered(int slice)
    {
        if (_pending.Remove(slice) && IsOver)
            _answered();
    }
}
