using Nudge.Audit;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Stimuli;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>An experiment with its data and its network, ready for any engine.</summary>
public sealed class PreparedRun
{
    private readonly Lazy<CarriedReport?> _carried;

    private PreparedRun(ExperimentSettings settings, StimulusSets data)
    {
        Settings = settings;
        Data = data;
        Network = NetworkCompiler.Compile(settings.ToNetwork() with { Classes = data.Train.Classes }, settings.Rounds);
        TrainingSchedule = new(
            Network,
            new(
                settings.Run.Presentations,
                settings.Run.EvaluateEvery,
                settings.Run.EvaluateExamples,
                settings.Run.EvaluateLength),
            data.Train,
            data.Test);
        _carried = new(Measure);
    }

    /// <summary>The settings.</summary>
    public ExperimentSettings Settings { get; }

    /// <summary>The examples.</summary>
    public StimulusSets Data { get; }

    /// <summary>The network.</summary>
    public NetworkPlan Network { get; }

    /// <summary>Decides what is shown.</summary>
    public TrainingSchedule TrainingSchedule { get; }

    /// <summary>Whether the model answers by relaxing, so that lockstep can check its answers.</summary>
    public bool Relaxes => Network.Model.Settles;

    /// <summary>What its rules carry from phase to phase, measured when first asked for; null where it diverges at once.</summary>
    public CarriedReport? Carried => _carried.Value;

    /// <summary>Loads the data and compiles the network.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="dataFolder">Folder of data files where the settings name none.</param>
    /// <exception cref="DataException">The data cannot be had, or does not fit the network.</exception>
    public static PreparedRun Load(ExperimentSettings settings, string? dataFolder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Prepare(settings, DataSetCatalog.Load(RequestOf(settings, dataFolder)));
    }

    /// <summary>Compiles the network for data that is there already; several runs may share it.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="data">What <see cref="RequestOf"/> asks for.</param>
    /// <exception cref="DataException">The data does not fit the network.</exception>
    public static PreparedRun Prepare(ExperimentSettings settings, StimulusSets data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        foreach ((string name, PopulationSettings population) in settings.Populations)
        {
            int needed = population.Role switch
            {
                PopulationRole.Input => data.Train.InputSize,
                PopulationRole.Output => data.Train.Classes,
                _ => population.Size,
            };
            if (population.Size != needed)
                throw new DataException($"populations.{name}.size: {population.Size} units do not fit {data.Origin}; expected {needed}");
        }

        return new(settings, data);
    }

    /// <summary>The data that an experiment asks for.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="dataFolder">Folder of data files where the settings name none.</param>
    public static DataRequest RequestOf(ExperimentSettings settings, string? dataFolder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Data, settings.Data.Folder ?? dataFolder, settings.Seed);
    }

    private CarriedReport? Measure()
    {
        try
        {
            return CarriedState.Measure(Network, Data.Train, counts: Settings.Run.Weights);
        }
        catch (NumericalException)
        {
            return null;
        }
    }
}

/// <summary>The weights with which a network begins.</summary>
internal static class FirstWeights
{
    internal static NetworkWeights Of(NetworkPlan network) =>
        NetworkWeights.Of(network, network.Slices.Select(slice => network.CreateSlice(slice)));
}
