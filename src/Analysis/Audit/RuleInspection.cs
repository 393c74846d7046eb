using System.Reflection;
using System.Runtime.CompilerServices;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>
/// Looks at rules before they run: nothing that theory §5 forbids may be within their reach, neither through their fields
/// nor through their code, and no two rules may share anything that can change.
/// </summary>
public static class RuleInspection
{
    /// <summary>Inspects one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="LocalityException">It can reach what it may not; the message names the way.</exception>
    public static void Inspect(IPlasticityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Inspect(Judged(rule), []);
    }

    /// <summary>Inspects all rules of a network together.</summary>
    /// <param name="rules">One rule for each slice.</param>
    /// <exception cref="LocalityException">
    /// Two of them share what can change, so one could inform the other.
    /// </exception>
    public static void InspectTogether(IEnumerable<IPlasticityRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var owners = new Dictionary<object, IPlasticityRule>(ReferenceEqualityComparer.Instance);
        foreach (IPlasticityRule rule in rules.Select(Judged))
        {
            foreach (Reached reached in ObjectGraph.From(rule, [], value => !KnownKinds.IsForbidden(value.GetType())))
            {
                if (CanChange(reached.Value) && !owners.TryAdd(reached.Value, rule))
                    throw new LocalityException($"{reached.Path} → {reached.Value.GetType().Name} that another rule holds too");
            }
        }
    }

    /// <summary>
    /// Makes the rules of one network, each of which has passed by itself and together with those made before it.
    /// </summary>
    /// <param name="rules">Makes rules that were written elsewhere.</param>
    public static RuleMaker Guard(RuleMaker rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var passed = new List<IPlasticityRule>();
        return context =>
        {
            IPlasticityRule rule = rules(context);
            Inspect(rule);
            passed.Add(rule);
            InspectTogether(passed);
            return rule;
        };
    }

    /// <summary>
    /// Whether a rule, or anything that it holds, was written outside the simulator. What the simulator's own rules can reach
    /// is limited by the types that they are handed.
    /// </summary>
    public static bool IsForeign(IPlasticityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return ObjectGraph.From(Judged(rule), [], value => !IsStrange(value))
            .Exists(reached => !KnownKinds.IsOfSimulator(reached.Value.GetType()) && !KnownKinds.IsOfRuntime(reached.Value.GetType()));
    }

    /// <summary>Inspects those rules of a network that were written elsewhere, one by one and together.</summary>
    /// <param name="rules">One rule for each slice.</param>
    /// <exception cref="LocalityException">A rule can reach too much, or two of them share what can change.</exception>
    internal static void InspectForeign(IEnumerable<IPlasticityRule> rules)
    {
        IPlasticityRule[] foreign = [.. rules.Where(IsForeign)];
        foreach (IPlasticityRule rule in foreign)
            Inspect(rule);
        InspectTogether(foreign);
    }

    /// <summary>Inspects a rule that has begun to run, and may by now hold the synapses that it was handed.</summary>
    internal static void Inspect(IPlasticityRule rule, IReadOnlyCollection<object> own)
    {
        List<Reached> all = ObjectGraph.From(rule, own, value => !IsStrange(value));
        foreach (Reached reached in all)
        {
            if (IsStrange(reached.Value))
                throw new LocalityException($"{reached.Path} → {NameOf(reached.Value)}");
        }

        foreach (Reached reached in all)
        {
            if (WayOut(reached.Value) is { } wayOut)
                throw new LocalityException($"{reached.Path}: {wayOut}");
        }
    }

    private static IPlasticityRule Judged(IPlasticityRule rule) => rule is IObservedRule wrapper ? wrapper.Observed : rule;

    private static bool IsStrange(object value) =>
        KnownKinds.IsForbidden(value.GetType()) || KnownKinds.IsSynaptic(value.GetType());

    private static string? WayOut(object value)
    {
        if (value is Delegate call)
            return call.GetInvocationList().Select(part => Followed(part.Method)).FirstOrDefault(way => way is not null);
        // The class that holds a lambda's captures also holds the code of its neighbours, which are not the rule's.
        bool captures = value.GetType().IsDefined(typeof(CompilerGeneratedAttribute));
        return !captures && CodeRules.IsFollowed(value.GetType()) ? CodeReach.WayOut(value.GetType()) : null;
    }

    private static string? Followed(MethodInfo method) =>
        method.DeclaringType is { } type && CodeRules.IsFollowed(type) ? CodeReach.WayOut(method) : null;

    private static bool CanChange(object value) => value switch
    {
        Array array => array.Length > 0,
        Delegate => false,
        _ => KnownKinds.Fields(value.GetType()).Any(field => !field.IsInitOnly),
    };

    private static string NameOf(object value) => value switch
    {
        PopulationSlice slice => $"{slice.GetType().Name} {slice.Plan.Name}",
        SynapseGroup synapses => $"SynapseGroup {synapses.Projection.Name}",
        _ => value.GetType().Name,
    };
}
