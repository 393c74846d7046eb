using Nudge.Audit;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Stimuli;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>An experiment with its data and its network, ready for any engine.</summary>
public sealed class PreparedRun
{
    /// <summary>The setting that names the weights that a network begins with.</summary>
    internal const string InitFile = "init.file";

    private readonly Lazy<CarriedReport?> _carried;
    private readonly Lazy<DataSummary> _identity;

    private PreparedRun(ExperimentSettings settings, StimulusSets data, NetworkPlan network)
    {
        Settings = settings;
        Data = data;
        Network = network;
        TrainingSchedule = new(
            Network,
            new(
                settings.Run.Presentations,
                settings.Run.EvaluateEvery,
                settings.Run.EvaluateExamples,
                settings.Run.EvaluateLength,
                settings.Run.UntilAccuracy,
                settings.Run.ClassBlock,
                settings.Run.Tolerance),
            data.Train,
            data.Test);
        Interventions = new(network, settings.Interventions);
        _carried = new(Measure);
        _identity = new(() => DataSummaries.Of(data));
    }

    /// <summary>The settings.</summary>
    public ExperimentSettings Settings { get; }

    /// <summary>The examples.</summary>
    public StimulusSets Data { get; }

    /// <summary>What the examples are, with their hashes, made when first asked for.</summary>
    public DataSummary DataSummary => _identity.Value;

    /// <summary>The network.</summary>
    public NetworkPlan Network { get; }

    /// <summary>Decides what is shown.</summary>
    public TrainingSchedule TrainingSchedule { get; }

    /// <summary>What is changed while it runs.</summary>
    public PendingInterventions Interventions { get; }

    /// <summary>Whether the model answers by relaxing, so that lockstep can check its answers.</summary>
    public bool Relaxes => Network.Model.Settles;

    /// <summary>What its rules carry from phase to phase, measured when first asked for; null where it diverges at once.</summary>
    public CarriedReport? Carried => _carried.Value;

    /// <summary>Loads the data and compiles the network. Its settings name the folder of the data as an absolute path.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">Folder of data files in place of the experiment's, and for one that names none.</param>
    /// <exception cref="DataException">The data cannot be had.</exception>
    /// <exception cref="ExperimentException">The data, or the weights of <c>init.file</c>, do not fit the network.</exception>
    public static PreparedRun Load(LoadedExperiment experiment, DataFolder? folder)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ExperimentSettings settings = (folder ?? DataFolder.None).Apply(experiment.Settings);
        StimulusSets data = DataSetCatalog.Load(RequestOf(settings, null));
        Problem[] misfits =
        [
            .. Misfits(settings, data).Select(misfit => new Problem(experiment.PlaceOf(misfit.Path), misfit.Path, misfit.Message)),
        ];
        return misfits.Length == 0
            ? Begin(settings, data, problems => new ExperimentException(
                [.. problems.Select(problem => new Problem(experiment.PlaceOf(InitFile), InitFile, problem))]))
            : throw new ExperimentException(misfits);
    }

    /// <summary>Compiles the network for data that is there already; several runs may share it.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="data">What <see cref="RequestOf"/> asks for.</param>
    /// <exception cref="DataException">The data, or the weights of <c>init.file</c>, do not fit the network.</exception>
    public static PreparedRun Prepare(ExperimentSettings settings, StimulusSets data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        foreach ((string path, string message) in Misfits(settings, data))
            throw new DataException($"{path}: {message}");
        return Begin(settings, data, problems => new DataException(
            string.Join('\n', problems.Select(problem => $"{InitFile}: {problem}"))));
    }

    private static PreparedRun Begin(
        ExperimentSettings settings, StimulusSets data, Func<IReadOnlyList<string>, Exception> refusal)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings.ToNetwork() with { Classes = data.Train.Classes }, settings.Rounds);
        if (settings.Init is not { } asked)
            return new(settings, data, network);
        (InitSettings init, network, IReadOnlyList<string> problems) = InitialWeightsFile.Apply(asked, network);
        return problems.Count == 0 ? new(settings with { Init = init }, data, network) : throw refusal(problems);
    }

    private static IEnumerable<(string Path, string Message)> Misfits(ExperimentSettings settings, StimulusSets data)
    {
        if (data.Train.HasTargets && !settings.ToNetwork().ModelDefinition.TakesTargets)
        {
            yield return ("model.kind", $"{settings.Model.Definition.Name} learns classes, and {data.Origin} has target values; expected a model whose "
                + "output is nudged, such as equilibrium-propagation");
        }

        if (data.Train.HasTargets && settings.Run.ClassBlock > 0)
            yield return ("run.classBlock", $"{data.Origin} has target values and no classes; expected 0");
        if (settings.Data.Shift > 0 && data.Picture is null)
            yield return ("data.shift", $"the examples of {data.Origin} are not known to be images; expected 0");
        string labels = data.Labels is null ? "" : $" with the labels {ClassLabels.Words(data.Labels)}";
        foreach ((string name, PopulationSettings population) in settings.Populations)
        {
            (int needed, string what) = population.Role switch
            {
                PopulationRole.Input => (data.Train.InputSize, "the values of an example"),
                PopulationRole.Output => (data.Train.Classes, data.Train.HasTargets ? "the number of target values" : $"the number of classes{labels}"),
                _ => (population.Size, ""),
            };
            if (population.Size != needed)
                yield return ($"populations.{name}.size", $"{population.Size} units do not fit {data.Origin}; expected {needed}, {what}");
        }
    }

    /// <summary>The data that an experiment asks for.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="folder">Folder of data files in place of the experiment's, and for one that names none.</param>
    public static DataRequest RequestOf(ExperimentSettings settings, DataFolder? folder)
    {
        ExperimentSettings resolved = (folder ?? DataFolder.None).Apply(settings);
        return new(resolved.Data, resolved.Data.Folder, resolved.Seed);
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
