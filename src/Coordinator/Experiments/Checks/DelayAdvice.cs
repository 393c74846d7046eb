using System.Globalization;
using Nudge.Links;
using Nudge.Phases;

namespace Nudge.Experiments.Checks;

/// <summary>
/// Warns of delays that do not fit into the phases in which a model learns, or into those in which it is asked. The two differ:
/// a network may learn well from phases that are too short for its answer to reach the coordinator.
/// </summary>
internal static class DelayAdvice
{
    // Measured on xor, three seeds: a delay of a quarter of a question costs nothing, half of it up to half of the answers.
    private const double LeastControlDelays = 4;

    // Measured on xor, three seeds: tags that came 0.25 τ after the stimulus cost nothing, 0.5 τ a quarter of the answers, 1 τ half.
    private const double LatestTag = 0.25;

    internal static void Run(CheckContext context)
    {
        LinksSettings links = context.Settings.Links;
        double phase = context.Settings.Phases.Length.Mean;
        foreach ((string path, LinkSettings link) in LinkCheck.All(links))
        {
            double needed = CarriesActivity(path) ? context.Model.LeastDelaysPerPhase * link.Delay.MeanDelay : 0;
            if (phase < needed)
            {
                context.Warn(
                    $"{path}.delay.mean",
                    $"a mean phase of {phase} is shorter than {context.Model.LeastDelaysPerPhase} mean delays: it will hardly "
                    + $"learn; phases.length.mean={needed} would do");
            }
        }

        if (context.Model.Settles)
            WayBack(context, phase);
        if (context.Settings.Learning.Tags == TagTransport.Broadcast)
            Tags(context, links.Phase.Delay.MeanDelay - links.Control.Delay.MeanDelay);
        if (!context.Settings.Data.Traits.IsUnlabelled)
            Questions(context, context.Settings.Run.EvaluateLength ?? phase);
    }

    private static void WayBack(CheckContext context, double phase)
    {
        if (Crossing.ThereAndBack(context.Settings) is not (var populations, var time) || phase >= time)
            return;
        context.Warn(
            "phases.length.mean",
            $"a mean phase of {Tau(phase)} τ is shorter than the way of a stimulus to the output and of an error back ({string.Join(" → ", populations)}), "
            + $"which takes {Tau(time)} τ on average, steps of local clocks included: the lowest weights often learn before it arrives");
    }

    private static void Tags(CheckContext context, double behind)
    {
        double limit = context.Model.Settles ? LatestTag : context.Settings.Phases.Length.Mean / LeastControlDelays;
        if (behind > limit)
        {
            context.Warn(
                "links.phase.delay.mean",
                $"phase tags come {Tau(behind)} τ after the stimulus on average, so that a population takes what belongs to one "
                + $"phase for part of another; {Tau(limit)} τ would do, or learning.tags=piggy-backed");
        }
    }

    private static void Questions(CheckContext context, double length)
    {
        double needed = LeastControlDelays * context.Settings.Links.Control.Delay.MeanDelay;
        if (length < needed)
        {
            context.Warn(
                "links.control.delay.mean",
                $"the network is asked for {Tau(length)} τ, less than {LeastControlDelays} mean delays of a question: answers "
                + $"belong to earlier questions; run.evaluateLength={Tau(needed)} would do");
        }

        if (Crossing.Of(context.Settings, length) is not { IsTooSlow: true } crossing)
            return;
        string way = string.Join(" → ", crossing.Populations);
        context.Warn(
            "run.evaluateLength",
            $"{Percent(crossing.CutShort)} of questions end before they have come from {way}: the network is asked for "
            + $"{Tau(length)} τ, and the way takes {Tau(crossing.Mean)} τ on average, in one case of ten "
            + $"{Tau(crossing.NineOfTen)} τ or more, steps of local clocks included");
    }

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Tau(double time) => time.ToString("0.##", CultureInfo.InvariantCulture);

    private static bool CarriesActivity(string path) =>
        path == "links.activity" || path.StartsWith("links.overrides.", StringComparison.Ordinal);
}
