using Nudge.Catalogue;

namespace Nudge.Links;

/// <summary>
/// The loss of a link: a law by name, with its own parameters. A new law is one file: its settings with their definition,
/// and its sampler.
/// </summary>
[ChosenBy("law", Default = "none", IgnoresOthers = true)]
public abstract record LossSettings : DefinedSettings
{
    /// <summary>Mean share of messages lost, from 0 to 1.</summary>
    public abstract double MeanLoss { get; }

    /// <summary>Makes what decides the losses of one link by this law; null where nothing is ever lost.</summary>
    /// <exception cref="ArgumentException">The parameters do not fit each other.</exception>
    public abstract LossSampler? CreateSampler();

    /// <summary>Reports parameters that do not fit each other.</summary>
    /// <param name="path">Path of these settings.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public virtual void Check(string path, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (MeanLoss >= 1)
            findings.Warn($"{path}.rate", "every message is lost");
    }
}

/// <summary>Decides which messages of one link are lost.</summary>
public abstract class LossSampler
{
    /// <summary>What the law carries from message to message, if anything.</summary>
    public virtual bool InBurst { get; set; }

    /// <summary>Whether the next message is lost.</summary>
    /// <param name="uniform">The message's own draw, uniform on (0, 1).</param>
    public abstract bool Lose(double uniform);
}
