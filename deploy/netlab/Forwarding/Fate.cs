using Nudge.Randomness;

namespace Nudge.Netlab.Forwarding;

/// <summary>What becomes of a packet: by seed, link and number alone, never by the order of threads.</summary>
internal readonly record struct Fate(bool Lost, TimeSpan Delay)
{
    internal static Fate Of(ulong seed, LinkName link, ulong number, Conditions conditions)
    {
        RandomBlock draw = Philox4x32.Encrypt(
            new((uint)number, (uint)(number >> 32), (uint)link.From, (uint)link.To), (uint)seed, (uint)(seed >> 32));
        double share = (2 * draw.Second) - 1;
        return new(draw.First < conditions.Loss, conditions.Delay + (share * conditions.Jitter));
    }
}
