using Nudge.Links;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>
/// How long a question takes to reach the population that it reaches last, by draws, since a mean says little about a heavy
/// tail. A delay ends at a step of the receiver, which sends at its own step.
/// </summary>
/// <param name="Populations">The way, from the input on.</param>
/// <param name="Mean">Mean time in τ.</param>
/// <param name="NineOfTen">The time in τ that nine of ten questions take at most.</param>
/// <param name="CutShort">Share of questions that are shorter.</param>
internal sealed record Crossing(IReadOnlyList<string> Populations, double Mean, double NineOfTen, double CutShort)
{
    private const double MostCutShort = 0.2;
    private const int Draws = 1000;

    // A law may use many draws for one delay.
    private const int DrawBits = 20;

    /// <summary>Whether many questions end unanswered.</summary>
    internal bool IsTooSlow => CutShort > MostCutShort;

    /// <summary>Finds it; null without delays on the way, or without an input, which another check reports.</summary>
    /// <param name="settings">The experiment.</param>
    /// <param name="length">How long a question is shown, in τ.</param>
    internal static Crossing? Of(ExperimentSettings settings, double length)
    {
        if (settings.Populations.FirstOrDefault(pair => pair.Value.Role == PopulationRole.Input).Key is not { } input)
            return null;
        Way way = Farthest(settings, input);
        if (way.Delays.All(delay => delay.MeanDelay == 0))
            return null;
        (DelaySampler Sampler, RandomKey Key)[] hops =
        [
            .. way.Delays.Select((delay, hop) => (delay.CreateSampler(), new RandomKey(0, RandomPurpose.Advice, (ulong)hop))),
        ];
        DelaySampler asked = settings.Links.Control.Delay.CreateSampler();
        var askedKey = new RandomKey(0, RandomPurpose.Advice, (ulong)hops.Length);
        double[] times = new double[Draws];
        int cut = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            ulong first = (ulong)draw << DrawBits;
            times[draw] = asked.Sample(askedKey, first)
                + hops.Sum(hop => InSteps(hop.Sampler.Sample(hop.Key, first), settings.Time.Step));
            cut += length < times[draw] ? 1 : 0;
        }

        return new(way.Populations, times.Average(), times.Order().ElementAt(Draws * 9 / 10), (double)cut / Draws);
    }

    // Measured with Forward-Forward and constant delays from 0 to 5 τ: questions shorter than the sum of this got no answer.
    private static double InSteps(double delay, double step) => (Math.Ceiling(delay / step) + 1) * step;

    /// <summary>
    /// How long a stimulus takes on average to reach the output, and an error from there to reach the population that learns from it last; null
    /// without delays on the way, or where no error comes back.
    /// </summary>
    /// <param name="settings">The experiment.</param>
    internal static (IReadOnlyList<string> Populations, double Mean)? ThereAndBack(ExperimentSettings settings)
    {
        string? input = settings.Populations.FirstOrDefault(pair => pair.Value.Role == PopulationRole.Input).Key;
        string? output = settings.Populations.FirstOrDefault(pair => pair.Value.Role == PopulationRole.Output).Key;
        if (input is null || output is null || !FastestWays(settings, input).TryGetValue(output, out Way? up))
            return null;
        HashSet<string> learning = [.. settings.Projections.Values.Where(one => one.Connect.Learns && one.Rate > 0).Select(one => one.To)];
        Way[] back = [.. FastestWays(settings, output).Where(pair => learning.Contains(pair.Key)).Select(pair => pair.Value)];
        Way down = back.MaxBy(way => way.Time(settings))!;
        return back.Length == 0 || up.Delays.Concat(down.Delays).All(delay => delay.MeanDelay == 0)
            ? null
            : ([.. up.Populations, .. down.Populations.Skip(1)], up.Time(settings) + down.Time(settings));
    }

    /// <summary>The fastest way on average to the population that is reached last.</summary>
    private static Way Farthest(ExperimentSettings settings, string from) =>
        FastestWays(settings, from).Values.MaxBy(way => way.Time(settings))!;

    private static Dictionary<string, Way> FastestWays(ExperimentSettings settings, string start)
    {
        (string From, string To, DelaySettings Delay)[] hops = [.. settings.Projections.SelectMany(pair => Hops(settings, pair))];
        var reached = new Dictionary<string, Way> { [start] = new([start], []) };
        for (int round = 1; round < settings.Populations.Count; round++)
        {
            foreach ((string from, string to, DelaySettings delay) in hops.Where(hop => reached.ContainsKey(hop.From)))
            {
                Way way = new([.. reached[from].Populations, to], [.. reached[from].Delays, delay]);
                if (!reached.TryGetValue(to, out Way? known) || way.Time(settings) < known.Time(settings))
                    reached[to] = way;
            }
        }

        return reached;
    }

    private static IEnumerable<(string From, string To, DelaySettings Delay)> Hops(
        ExperimentSettings settings, KeyValuePair<string, ProjectionSettings> pair)
    {
        (string name, ProjectionSettings projection) = pair;
        yield return (projection.From, projection.To, settings.Links.Of(name, backward: false).Delay);
        if (projection.Bidirectional)
            yield return (projection.To, projection.From, settings.Links.Of(name, backward: true).Delay);
    }

    private sealed record Way(IReadOnlyList<string> Populations, IReadOnlyList<DelaySettings> Delays)
    {
        internal double Time(ExperimentSettings settings) => Delays.Sum(delay => InSteps(delay.MeanDelay, settings.Time.Step));
    }
}
