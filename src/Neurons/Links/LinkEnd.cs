using System.Runtime.CompilerServices;
using Nudge.Randomness;
using Nudge.State;

namespace Nudge.Links;

/// <summary>
/// The end of a link at which the fates of its messages are drawn and counted. A fate is keyed by the link and the
/// message's number, so it may be drawn at either end: virtual time draws it where a message is sent, actors where it
/// arrives. One end a link and direction: activity, control and acknowledgements all have such ends.
/// </summary>
internal sealed class LinkEnd : IStateful
{
    // Leaves 20 of 64 bits for the draws of one message, and 8 for the incarnation.
    private const int SequenceBits = 36;
    private const int IncarnationMask = 0xFF;

    private readonly LinkModel _model;
    private LinkCounters _counters;

    /// <summary>Makes the end of one link.</summary>
    /// <param name="settings">How the link treats its messages.</param>
    /// <param name="key">Names its random draws.</param>
    /// <exception cref="ArgumentException">A burst law cannot have the mean rate and burst length asked for.</exception>
    internal LinkEnd(LinkSettings settings, RandomKey key) => _model = new(settings, key);

    /// <summary>What the link did so far.</summary>
    internal LinkCounters Counters => _counters;

    /// <summary>Treats messages otherwise from now on.</summary>
    /// <param name="settings">The settings from now on.</param>
    /// <param name="isCut">Whether the link is cut from now on.</param>
    internal void Change(LinkSettings settings, bool isCut) => _model.Change(settings, isCut);

    /// <summary>
    /// The number that keys a message's fate where the receiver draws it. It is the sender's own count, from 0, in the
    /// sender's first incarnation; later incarnations count from 0 again and must not repeat the fates of earlier ones.
    /// </summary>
    /// <param name="incarnation">Incarnation of the sender.</param>
    /// <param name="count">Messages that this incarnation had sent before.</param>
    internal static long NumberOf(int incarnation, long count) =>
        ((long)(incarnation & IncarnationMask) << SequenceBits) | count;

    /// <summary>At a sending end: counts one message as sent and draws its fate.</summary>
    /// <param name="now">When it is sent, in ticks.</param>
    /// <param name="number">Its number: how many were sent before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LinkFate Send(long now, out long number)
    {
        number = _counters.Sent++;
        return Draw(number, now);
    }

    /// <summary>
    /// Draws and counts the fate of a message that another end sent. Messages must be asked for in the order in which they
    /// were sent.
    /// </summary>
    /// <param name="number">Its number.</param>
    /// <param name="now">Present time at this end, in ticks.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LinkFate Draw(long number, long now)
    {
        LinkFate fate = _model.Decide(number, now);
        _counters.Count(fate);
        return fate;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Section(1, "model", _model);
        state.Section(2, "counters", ref _counters);
    }
}
