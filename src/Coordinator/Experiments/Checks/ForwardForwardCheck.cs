using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Stimuli;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the settings make a stack of Forward-Forward layers.</summary>
internal static class ForwardForwardCheck
{
    internal static void Run(CheckContext context)
    {
        if (context.Settings.Model.Kind != ModelKind.ForwardForward)
            return;
        LearningSettings learning = context.Settings.Learning;
        if (learning.Rule is not (RuleKind.Isd or RuleKind.Paired))
            context.Error("learning.rule", "a layer learns from each phase, or from pairs of them; expected isd or paired");
        if (learning.Timing == UpdateTiming.Continuous)
            context.Error("learning.timing", "a layer learns once a phase; expected phase-end");
        if (learning.Rule == RuleKind.Paired && context.Settings.Phases.Order != PhaseOrder.Alternating)
            context.Error("phases.order", "a pair has one phase of each polarity; expected alternating");
        Labels(context);
        foreach ((string name, PopulationSettings population) in context.Settings.Populations)
            Layer(context, name, population);
        foreach ((string name, ProjectionSettings projection) in context.Settings.Projections)
        {
            if (projection.Bidirectional)
                context.Error($"projections.{name}.bidirectional", "layers hear only the layer below; expected false");
        }
    }

    private static void Labels(CheckContext context)
    {
        DataSettings data = context.Settings.Data;
        string set = data.Set;
        if (DataSetCatalog.ShapeOf(set, data.Inputs, data.Classes) is not { } shape)
            return;
        if (shape.Classes == 1)
            context.Error("data.set", $"{set} has no labels, which forward-forward overlays; expected a set that has");
        else if (shape.Inputs <= shape.Classes)
        {
            context.Error(
                "data.set",
                $"the labels of {set} would cover all of its {shape.Inputs} inputs; expected a set with more inputs than classes");
        }
    }

    private static void Layer(CheckContext context, string name, PopulationSettings population)
    {
        if (population.Role == PopulationRole.Output)
            context.Error($"populations.{name}.role", "forward-forward answers by the goodness of all layers; expected hidden");
        if (population.Role != PopulationRole.Hidden)
            return;
        int heard = context.Settings.Projections.Count(projection => projection.Value.To == name);
        if (heard != 1)
            context.Error($"populations.{name}", $"hears {heard} populations; expected one, since a layer divides its input by its length");
        GranularitySettings cut = population.Granularity ?? context.Settings.Granularity;
        if (cut.UnitsPerSlice(population.Size) < population.Size)
            context.Error("granularity", $"the goodness of {name} belongs to the whole layer; expected layer");
    }
}
