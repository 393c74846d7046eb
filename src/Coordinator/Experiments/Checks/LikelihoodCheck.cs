using Nudge.Models.HelmholtzMachine;
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
        else if (context.Settings.Model is HelmholtzMachineSettings)
            Helmholtz(context);
        else if (hidden.Length != 1)
            context.Error("run.likelihood", $"a machine of {hidden.Length} hidden populations cannot be read as one; expected none");
        else if (context.Settings.Run.Likelihood == LikelihoodOracle.Exact)
            Size(context, hidden[0].Size);
    }

    /// <summary>Whether the rows of data are such as an oracle can look up.</summary>
    internal static void Rows(CheckContext context)
    {
        if (context.Settings.Run.Likelihood == LikelihoodOracle.Exact && context.Settings.Model is HelmholtzMachineSettings
            && context.Settings.Data.Traits.IsGrey)
        {
            context.Error("run.likelihood", "the data have grey values, and the exact oracle needs 0 or 1; expected none, or data.binarise");
        }
    }

    private static void Helmholtz(CheckContext context)
    {
        if (context.Settings.Run.Likelihood == LikelihoodOracle.Annealed)
        {
            context.Error("run.likelihood", "annealing is for Boltzmann machines; expected exact or none");
            return;
        }

        IReadOnlyDictionary<string, int> layers = HelmholtzLayers.Of(context.Settings.Populations, context.Settings.Projections);
        int[] hidden =
        [
            .. layers.Where(one => one.Value > 0).GroupBy(one => one.Value).OrderBy(layer => layer.Key)
                .Select(layer => layer.Sum(one => context.Settings.Populations[one.Key].Size)),
        ];
        if (hidden.Length > 0)
            Refuse(context, ExactHelmholtz.UnitsToEnumerate(hidden), ExactHelmholtz.MostUnits, "none");
    }

    private static void Size(CheckContext context, int hidden)
    {
        int visible = context.Settings.Populations.Values
            .Where(population => population.Role != PopulationRole.Hidden)
            .Sum(population => population.Size);
        bool coupled = context.Settings.Projections.Values.Any(projection => projection.From == projection.To);
        int units = ExactBoltzmann.UnitsToEnumerate(hidden, visible, coupled);
        Refuse(context, units, ExactBoltzmann.MostUnits, "annealed");
    }

    private static void Refuse(CheckContext context, int units, int most, string instead)
    {
        if (units > most)
            context.Error("run.likelihood", $"the exact oracle would enumerate {units} units; expected at most {most}, or {instead}");
    }
}
