using Nudge.Audit;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Stimuli;

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
        Conductor = new(
            Network,
            new(settings.Run.Presentations, settings.Run.EvaluateEvery, settings.Run.EvaluateExamples),
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
    public Conductor Conductor { get; }

    /// <summary>What its rules carry from phase to phase, measured when first asked for; null where it diverges at once.</summary>
    public CarriedReport? Carried => _carried.Value;

    /// <summary>Loads the data and compiles the network.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="dataFolder">Folder of data files where the settings name none.</param>
    /// <exception cref="DataException">The data cannot be had, or does not fit the network.</exception>
    public static PreparedRun Load(ExperimentSettings settings, string? dataFolder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        DataSettings wanted = settings.Data;
        StimulusSets data = DataSetCatalog.Load(
            new(wanted.Set, wanted.Path ?? dataFolder, wanted.Train, wanted.Test, settings.Seed, wanted.Binarise));
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

    private CarriedReport? Measure()
    {
        try
        {
            return CarriedState.Measure(Network, Data.Train);
        }
        catch (NumericalException)
        {
            return null;
        }
    }
}
