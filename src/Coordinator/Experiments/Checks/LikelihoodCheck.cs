using Nudge.Oracles;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether the likelihood that is asked for can be found.</summary>
internal static class LikelihoodCheck
{
    internal static void Run(CheckContext context)
    {
        if (context.Settings.Run.Likelihood is not (LikelihoodOracle.Exact or LikelihoodOracle.Annealed))
            return;
        PopulationSettings[] hidden =
        [
            .. context.Settings.Populations.Values.Where(population => population.Role == PopulationRole.Hidden),
        ];
        if (!context.Model.HasLikelihood)
            context.Error("run.likelihood", $"{context.Model.Name} assigns no likelihood; expected none");
        else if (hidden.Length != 1)
            context.Error("run.likelihood", $"a machine of {hidden.Length} hidden populations cannot be read as one; expected none");
        else if (context.Settings.Run.Likelihood == LikelihoodOracle.Exact)
            Size(context, hidden[0].Size);
    }

    private static void Size(CheckContext context, int hidden)
    {
        int visible = context.Settings.Populations.Values
            .Where(population => population.Role != PopulationRole.Hidden)
            .Sum(population => population.Size);
        bool coupled = context.Settings.Projections.Values.Any(projection => projection.From == projection.To);
        int units = ExactBoltzmann.UnitsToEnumerate(hidden, visible, coupled);
        if (units > ExactBoltzmann.MostUnits)
        {
            context.Error(
                "run.likelihood",
                $"the exact oracle would enumerate {units} units; expected at most {ExactBoltzmann.MostUnits}, or annealed");
        }
    }
}
