using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Stimuli;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the settings make a Boltzmann machine, and whether what belongs to one is used elsewhere.</summary>
internal static class BoltzmannCheck
{
    internal static void Run(CheckContext context)
    {
        if (context.Settings.Model.Kind != ModelKind.BoltzmannMachine)
        {
            Elsewhere(context);
            return;
        }

        LearningSettings learning = context.Settings.Learning;
        if (learning.Rule is RuleKind.DerivativeIsd or RuleKind.ContinualEp)
        {
            context.Error(
                "learning.rule",
                "samples jump from step to step, and their change is no gradient; expected isd, differential-isd or paired");
        }

        if (learning.Rule != RuleKind.Isd && learning.Centring > 0)
            context.Error("learning.centring", "only isd is centred; expected 0, or rule: isd");
        if (learning.Rule != RuleKind.Isd && learning.Sparsity.Cost > 0)
            context.Error("learning.sparsity.cost", "only isd is made sparse; expected 0, or rule: isd");
        bool grey = context.Settings.Data.Set is "digits" or "mnist" or "idx" or "two-moons";
        if (grey && context.Settings.Data.Binarise is null)
        {
            context.Warn(
                "data.binarise", "binary units are clamped to grey values: binarise at 0.8, as the seed paper does, or at 0.5");
        }

        foreach ((string name, ProjectionSettings projection) in context.Settings.Projections)
            Projection(context, $"projections.{name}", projection);
        foreach ((string name, PopulationSettings population) in context.Settings.Populations)
        {
            if (context.IsWritten($"populations.{name}.activation"))
                context.Warn($"populations.{name}.activation", "has no effect: units of a Boltzmann machine are binary");
            if (population.Role == PopulationRole.Output && DataSetCatalog.IsUnlabelled(context.Settings.Data.Set))
                context.Error($"populations.{name}.role", $"{context.Settings.Data.Set} has no labels; expected no output population");
        }
    }

    private static void Projection(CheckContext context, string path, ProjectionSettings projection)
    {
        if (projection.From != projection.To)
        {
            if (!projection.Bidirectional)
                context.Error($"{path}.bidirectional", "couplings of a Boltzmann machine go both ways; expected true");
            return;
        }

        PopulationSettings population = context.Settings.Populations.GetValueOrDefault(projection.To) ?? new()
        { Role = PopulationRole.Hidden, Size = 1 };
        if (population.Role != PopulationRole.Hidden)
            context.Error($"{path}.to", "only hidden units are coupled among themselves; expected a hidden population");
        if (projection.Bidirectional)
            context.Error($"{path}.bidirectional", "couplings within a population are one symmetric matrix; expected false");
        if (context.Settings.Lanes > 1)
        {
            context.Error(
                "lanes",
                $"{context.Settings.Lanes} lanes, but coupled units are sampled one after another; expected 1");
        }

        GranularitySettings cut = population.Granularity ?? context.Settings.Granularity;
        if (cut.UnitsPerSlice(population.Size) < population.Size)
        {
            context.Error(
                "granularity",
                $"units of {projection.To} are sampled one after another, in one slice; expected layer");
        }

        if (context.Settings.Learning.Centring > 0)
            context.Error("learning.centring", "couplings within a population are not centred; expected 0");
    }

    private static void Elsewhere(CheckContext context)
    {
        LearningSettings learning = context.Settings.Learning;
        if (learning.Centring > 0)
            context.Error("learning.centring", "only Boltzmann machines are centred; expected 0, or model.kind: boltzmann-machine");
        if (learning.Sparsity.Cost > 0)
            context.Error("learning.sparsity.cost", "only Boltzmann machines are made sparse; expected 0");
    }
}
