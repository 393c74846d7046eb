using Nudge.Catalogue;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>
/// The delay of a link: a law by name, with its own parameters, in τ. A new law is one file: its settings with their
/// definition, and its sampler.
/// </summary>
[ChosenBy("law", Default = "none", IgnoresOthers = true)]
public abstract record DelaySettings : DefinedSettings
{
    /// <summary>Mean delay in τ; 0 where messages arrive at once.</summary>
    public abstract double MeanDelay { get; }

    /// <summary>Makes what draws delays by this law.</summary>
    public abstract DelaySampler CreateSampler();

    /// <summary>Reports parameters that do not fit each other.</summary>
    /// <param name="path">Path of these settings.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public virtual void Check(string path, IFindings findings)
    {
    }
}

/// <summary>Draws the delays of one link's messages, in τ. It keeps nothing from draw to draw.</summary>
public abstract class DelaySampler
{
    /// <summary>The delay of one message.</summary>
    /// <param name="key">Names the draws of the link.</param>
    /// <param name="draw">The first draw that this message may use; it has 2^19 of them.</param>
    public abstract double Sample(RandomKey key, ulong draw);
}
