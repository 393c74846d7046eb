using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Signals;

namespace Nudge.Audit;

/// <summary>
/// Measures what rules carry from phase to phase. A reference run looks for places that differ from a fresh rule when a
/// phase has ended. Then the network runs again, and at each boundary these places are made fresh, or poisoned: if any
/// weight comes out different by a bit, the place was carried, else it is scratch. Should all places that are scratch one
/// by one matter together, they back each other up and count too. Of a large network, only the first run takes the whole.
/// </summary>
public sealed class CarriedState
{
    private readonly NetworkPlan _network;
    private readonly IStimulusSet _examples;
    private readonly RuleMaker _rules;
    private readonly List<ulong> _weights = [];

    private CarriedState(NetworkPlan network, IStimulusSet examples, RuleMaker rules)
    {
        _network = network;
        _examples = examples;
        _rules = rules;
    }

    /// <summary>Measures on a network from its beginning.</summary>
    /// <param name="network">The network.</param>
    /// <param name="examples">What is shown.</param>
    /// <param name="rules">Makes the rules; by default those that the settings name.</param>
    /// <param name="counts">Whether bytes are counted on the whole network; else a large one is judged by a small one.</param>
    /// <exception cref="LocalityException">A rule can reach, or touched, what it may not.</exception>
    public static CarriedReport Measure(
        NetworkPlan network, IStimulusSet examples, RuleMaker? rules = null, bool counts = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        NetworkPlan whole = AuditScale.Shorten(network);
        NetworkPlan part = AuditScale.Shrink(whole);
        whole = counts ? whole : part;
        RuleMaker made = rules ?? RuleFactory.Create;
        var onPart = new CarriedState(part, examples, made);
        var onWhole = ReferenceEquals(part, whole) ? onPart : new CarriedState(whole, examples, made);
        IReadOnlyList<ProbedRule> seen = onWhole.RunReference();
        string name = RuleName.Of(network.Settings, rules);
        IReadOnlyList<ProbedRule> tried = ReferenceEquals(part, whole) ? seen : onPart.RunReference();
        return Report(name, network.Rule, seen, onPart.Carried(name, tried), onPart._weights.Count) with
        {
            Sharing =
            [
                .. network.Projections.Where(one => one.Settings.Connect.SharesWeights && one.Connectivity is not null).Select(one =>
                    new SharedWeights(one.Name, one.StoredWeights, one.Connectivity!.Connections * one.Connectivity.Target.Channels)),
            ],
        };
    }

    private HashSet<string> Carried(string name, IReadOnlyList<ProbedRule> seen)
    {
        string[] paths = [.. seen.SelectMany(rule => rule.Changed.Keys).Distinct()];
        if (Matters(Tampering.None, []))
            throw new LocalityException($"{name}: a second run came out different, so something outlasts the rule");
        if (!Matters(paths))
            return [];
        HashSet<string> carried = [.. paths.Where(path => Matters([path]))];
        string[] rest = [.. paths.Where(path => !carried.Contains(path))];
        if (rest.Length > 0 && Matters(rest))
            carried.UnionWith(Together(rest));
        return carried;
    }

    /// <summary>Leaves out one place after the other for as long as the others still matter.</summary>
    private List<string> Together(IReadOnlyList<string> places)
    {
        List<string> needed = [.. places];
        foreach (string place in places)
        {
            if (Matters([.. needed.Where(other => other != place)]))
                needed.Remove(place);
        }

        return needed;
    }

    private IReadOnlyList<ProbedRule> RunReference()
    {
        var run = new AuditRun(_network, _examples, _rules, new(Tampering.None, new HashSet<string>()));
        while (AuditScale.GoesOn(_network, _weights.Count, run.Probe.Learned))
            _weights.Add(run.RunPhase());
        return run.Probe.Rules;
    }

    private bool Matters(IReadOnlyCollection<string> paths) =>
        Matters(Tampering.Fresh, paths) || Matters(Tampering.Poison, paths);

    private bool Matters(Tampering tampering, IReadOnlyCollection<string> paths)
    {
        var run = new AuditRun(_network, _examples, _rules, new(tampering, paths.ToHashSet()));
        try
        {
            return _weights.Any(expected => run.RunPhase() != expected);
        }
        catch (Exception error) when (error is not LocalityException)
        {
            // A rule that breaks without what was taken from it needed it.
            return true;
        }
    }

    private static CarriedReport Report(
        string name,
        RuleDefinition rule,
        IReadOnlyList<ProbedRule> seen,
        HashSet<string> carried,
        int phases) => new(
        name,
        [
            .. seen.Select(one => new CarriedBySlice(
                one.Slice.Name, one.Changed.Where(cell => carried.Contains(cell.Key)).Sum(cell => cell.Value), one.Synapses)),
        ],
        [
            .. seen.SelectMany(one => one.Changed).Where(cell => carried.Contains(cell.Key))
                .GroupBy(cell => cell.Key, cell => cell.Value)
                .Select(cells => new CarriedField(cells.Key, DeclaredExceptions.Of(cells.Key, rule), cells.Sum())),
        ],
        phases);
}
