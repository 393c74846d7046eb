using Nudge.Plasticity;

namespace Nudge.Audit;

/// <summary>One experiment on a whole network: watches every phase boundary of every slice, and tampers at it.</summary>
/// <param name="tampering">What it does.</param>
/// <param name="paths">The places that it is about.</param>
internal sealed class BoundaryProbe(Tampering tampering, IReadOnlySet<string> paths)
{
    private readonly List<ProbedRule> _rules = [];

    /// <summary>The rules watched, by slice.</summary>
    internal IReadOnlyList<ProbedRule> Rules => _rules;

    internal Tampering Tampering => tampering;

    /// <summary>The least number of boundaries after which a slice has learned something.</summary>
    internal int Learned => _rules.Count == 0 ? int.MaxValue : _rules.Min(rule => rule.Learned);

    internal RuleMaker Around(RuleMaker rules) => context => Watch(rules, context);

    /// <summary>Tampers with one slice's state when a phase has just ended there.</summary>
    internal void Tamper(IEnumerable<StateCell> cells, IReadOnlyDictionary<string, object?> fresh)
    {
        foreach (StateCell cell in cells)
        {
            if (!paths.Contains(cell.Path))
                continue;
            object? before = fresh.GetValueOrDefault(cell.Path);
            if (!cell.Differs(before))
                continue;
            if (tampering == Tampering.Fresh)
                cell.Refresh(before);
            else
                cell.Poison(before);
        }
    }

    private ProbedRule Watch(RuleMaker rules, RuleContext context)
    {
        var rule = new ProbedRule(rules(context), context.Slice, this);
        _rules.Add(rule);
        return rule;
    }
}
