using Nudge.Experiments.Binding;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Experiments.Checks;

/// <summary>What the chosen model and rule require of the settings around them.</summary>
internal static class DefinitionCheck
{
    internal static void Model(CheckContext context) => context.Model.Check(new()
    {
        Settings = context.Settings.Model,
        Rule = context.Settings.Learning.Rule,
        Populations = context.Settings.Populations,
        Projections = context.Settings.Projections,
        Granularity = context.Settings.Granularity,
        Phases = context.Settings.Phases,
        Lanes = context.Settings.Lanes,
        Examples = context.Settings.Data.Traits,
        Findings = context,
    });

    internal static void Rule(CheckContext context)
    {
        // A rule that a file names is checked when it is read; the default need not suit the model.
        IReadOnlyList<RuleDefinition> here = RuleDefinition.For(context.Catalogue, context.Settings.Model.Traits);
        if (here.All(rule => rule.GetType() != context.Rule.GetType()))
        {
            context.Error(
                "learning.rule",
                $"{context.Rule.Name}, the default, does not exist for {context.Model.Name}; "
                + $"expected {Words.Either([.. here.Select(rule => rule.Name)])}");
            return;
        }

        context.Rule.Check(
            new(context.Settings.Learning.Rule, context.Settings.Model.Traits, context.Settings.Phases, context));
        Optimiser(context);
        if (context.Settings.Learning.Weights is { RangeIsPowerOfTwo: false } weights)
            context.Error("learning.weights.range", $"found {weights.Range}; expected a power of two, such as 1, 2 or 4, so that rounding is exact");
        if (context.Settings.Phases.B.IsOptimal)
            OptimalB(context);
        if (context.Settings.Phases.PerStimulus > 1)
            return;
        if (context.Rule.ComparesPhases)
        {
            context.Error(
                "phases.perStimulus",
                "a rule that compares a stimulus's phases would never learn from 1; expected at least 2");
        }
        else if (context.Settings.Phases.Order == PhaseOrder.Alternating)
        {
            context.Error(
                "phases.perStimulus",
                "alternating phases begin again with every stimulus, so 1 would be of one polarity only; expected at least 2");
        }
    }

    private static void Optimiser(CheckContext context)
    {
        if (context.Settings.Learning.Optimiser.Kind != OptimiserKind.Adam)
            return;
        if (!context.Rule.GivesWholeGradients)
        {
            context.Error(
                "learning.optimiser.kind",
                $"adam rescales whole gradients, and {context.Rule.Name} for {context.Model.Name} does not give them; expected sgd");
        }

        if (context.Settings.Learning.Batch > 1)
            context.Error("learning.batch", "adam applies every update at once; expected 1");
    }

    private static void OptimalB(CheckContext context)
    {
        if (context.Settings.Phases.Order != PhaseOrder.Bernoulli)
        {
            context.Error(
                "phases.b",
                "only bernoulli phases draw their polarity with a b that may change; "
                + "expected a number, or phases.order: bernoulli");
        }

        if (!context.Rule.HasOptimalB)
        {
            context.Error(
                "phases.b",
                $"{context.Rule.Name} does not report what an optimal b is found from; "
                + "expected a number, or a rule such as isd or differential-isd");
        }
    }
}
