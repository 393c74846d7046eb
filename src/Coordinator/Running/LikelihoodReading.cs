using Nudge.Experiments;
using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Running;

/// <summary>Finds the likelihood of a Boltzmann or Helmholtz machine from outside; no part of the network receives it.</summary>
internal static class LikelihoodReading
{
    private const int Chains = 100;
    private const int Temperatures = 2000;

    /// <summary>How it is to be found.</summary>
    internal static LikelihoodOracle OracleFor(PreparedRun run)
    {
        if (run.Settings.Run.Likelihood is { } asked)
            return asked;
        // The likelihood that can be read off the weights is that of a machine whose units do not deviate.
        if (!run.Settings.Devices.IsIdeal)
            return LikelihoodOracle.None;
        bool unlabelled = run.Network.Model.HasLikelihood && run.Network.Output is null;
        bool readable = run.Network.Settings.Model is HelmholtzMachineSettings
            ? !run.Settings.Data.Traits.IsGrey && IsSmallHelmholtz(run.Network)
            : MachineReading.CanRead(run.Network) && IsSmall(run.Network);
        return unlabelled && readable ? LikelihoodOracle.Exact : LikelihoodOracle.None;
    }

    /// <summary>The readings by name; none where none is asked for.</summary>
    internal static IReadOnlyDictionary<string, double> Of(PreparedRun run, NetworkWeights weights) => OracleFor(run) switch
    {
        LikelihoodOracle.Exact when run.Network.Settings.Model is HelmholtzMachineSettings => ExactOfHelmholtz(run, weights),
        LikelihoodOracle.Exact => Exact(run, weights),
        LikelihoodOracle.Annealed => Annealed(run, weights),
        _ => new Dictionary<string, double>(),
    };

    private static bool IsSmall(NetworkPlan network)
    {
        int hidden = network.Populations.First(population => population.Role == PopulationRole.Hidden).Size;
        bool coupled = network.Projections.Any(projection => projection.IsWithin);
        return ExactBoltzmann.UnitsToEnumerate(hidden, network.Input.Size, coupled) <= ExactBoltzmann.MostUnits;
    }

    private static bool IsSmallHelmholtz(NetworkPlan network) =>
        ExactHelmholtz.UnitsToEnumerate(new HelmholtzReading(network).Hidden) <= ExactHelmholtz.MostUnits;

    private static Dictionary<string, double> ExactOfHelmholtz(PreparedRun run, NetworkWeights weights)
    {
        IReadOnlyList<float[]> rows = MachineReading.Rows(run.Network, run.Data.Train);
        HelmholtzParameters machine = new HelmholtzReading(run.Network).Of(weights);
        return new()
        {
            [MetricNames.NegativeLogLikelihood] = ExactHelmholtz.NegativeLogLikelihood(machine, rows),
            [MetricNames.FreeEnergy] = ExactHelmholtz.FreeEnergy(machine, rows),
            [MetricNames.TotalVariation] = ExactHelmholtz.TotalVariation(machine, rows),
        };
    }

    private static Dictionary<string, double> Exact(PreparedRun run, NetworkWeights weights)
    {
        IReadOnlyList<float[]> rows = MachineReading.Rows(run.Network, run.Data.Train);
        BoltzmannParameters Machine(WeightCopy copy) => MachineReading.Of(run.Network, weights, copy);
        return new()
        {
            [MetricNames.NegativeLogLikelihood] = ExactBoltzmann.NegativeLogLikelihood(Machine(WeightCopy.Hidden), rows),
            [MetricNames.NegativeLogLikelihoodVisibleCopy] =
                ExactBoltzmann.NegativeLogLikelihood(Machine(WeightCopy.Visible), rows),
            [MetricNames.NegativeLogLikelihoodMeanCopy] =
                ExactBoltzmann.NegativeLogLikelihood(Machine(WeightCopy.Mean), rows),
            [MetricNames.TotalVariation] = ExactBoltzmann.TotalVariation(Machine(WeightCopy.Hidden), rows),
        };
    }

    private static Dictionary<string, double> Annealed(PreparedRun run, NetworkWeights weights)
    {
        IReadOnlyList<float[]> rows = MachineReading.Rows(run.Network, run.Data.Train);
        BoltzmannParameters machine = MachineReading.Of(run.Network, weights, WeightCopy.Hidden);
        LogPartitionEstimate logPartition =
            AnnealedImportanceSampling.LogPartition(machine, Chains, Temperatures, run.Settings.Seed);
        double free = rows.Sum(row => ExactBoltzmann.LogWeight(machine, row));
        return new()
        {
            [MetricNames.NegativeLogLikelihood] = (rows.Count * logPartition.Estimate) - free,
            [MetricNames.LikelihoodError] = rows.Count * logPartition.StandardError,
        };
    }
}
