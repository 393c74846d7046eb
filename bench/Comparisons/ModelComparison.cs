using System.Diagnostics;
using System.Globalization;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Running;
using Nudge.Stimuli;
using Nudge.VirtualTime;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// Boltzmann machines and Forward-Forward in virtual time, all events and messages included, against the same work in NumPy
/// and PyTorch (bench/numpy/rbm.py, bench/pytorch/forward_forward.py), turn by turn in one run.
/// </summary>
internal static class ModelComparison
{
    private const int Turns = 5;
    private static readonly PythonContestant NumPy = new("numpy/rbm.py");
    private static readonly PythonContestant PyTorch = new("pytorch/forward_forward.py");

    public static void Run(TextWriter output)
    {
        output.WriteLine("microseconds per Gibbs step or phase, median of 5 turns; ratio pair by pair");
        Versus(output, "RBM 16x16, 1 chain", () => Step("rbm-bas-paper", 6000), () => NumPy.Answer(16, 16, 200, 200));
        Versus(
            output,
            "RBM 16x16, 8 chains, each",
            () => Step("rbm-bas-paper", 8000, "lanes=8") / 8,
            () => NumPy.Answer(16, 16, 200, 200));
        foreach (int hidden in (int[])[16, 64])
        {
            Versus(
                output,
                $"RBM 794x{hidden}",
                () => Step("rbm-mnist-paper", 4000, $"populations.hidden.size={hidden}", "data.set=digits", "data.train=2000"),
                () => NumPy.Answer(794, hidden, 10, 500));
        }

        // Drawn digits stand in for MNIST: as many pixels, about as many of them silent.
        string[] digits = ["data.set=digits", "data.train=2000", "data.test=100"];
        Versus(
            output,
            "FF 784-500-500, SGD, a phase",
            () => Phase("ff-mnist", 10_000, [.. digits, "model.negatives=wrong", "projections.image-lower.rate=6", "projections.lower-upper.rate=6"]),
            () => 1e6 / PyTorch.Answer("isd", "sgd", 1000));
        Versus(
            output,
            "FF 784-500-500, Adam, a phase",
            () => Phase("ff-mnist-paper", 1000, digits),
            () => 1e6 / PyTorch.Answer("isd", "adam", 500));
    }

    private static double Step(string experiment, int presentations, params string[] settings)
    {
        (double microseconds, double tau, _) = Train(experiment, presentations, settings);
        return microseconds / tau;
    }

    private static double Phase(string experiment, int presentations, string[] settings)
    {
        (double microseconds, _, long phases) = Train(experiment, presentations, settings);
        return microseconds / phases;
    }

    private static (double Microseconds, double Tau, long Phases) Train(
        string experiment, int presentations, string[] settings)
    {
        string count = presentations.ToString(CultureInfo.InvariantCulture);
        LoadedExperiment loaded = ExperimentFile.Load(
            experiment, [.. settings, $"run.presentations={count}", "run.evaluateEvery=0"], null);
        StimulusSets data = DataSetCatalog.Load(PreparedRun.RequestOf(loaded.Settings, null));
        PreparedRun run = PreparedRun.Prepare(loaded.Settings, data);
        var engine = new VirtualEngine(run.Network, run.TrainingSchedule);
        // The first tenth warms caches and the just-in-time compiler.
        while (run.TrainingSchedule.Presentations < presentations / 10)
            engine.RunPhase();
        (double from, long first, long begun) = (engine.Now, run.TrainingSchedule.Phases, Stopwatch.GetTimestamp());
        while (run.TrainingSchedule.Presentations < presentations)
            engine.RunPhase();
        return (Stopwatch.GetElapsedTime(begun).TotalMicroseconds, engine.Now - from, run.TrainingSchedule.Phases - first);
    }

    private static void Versus(TextWriter output, string name, Func<double> ours, Func<double> theirs)
    {
        ours();
        (double[] us, double[] them) = (new double[Turns], new double[Turns]);
        for (int turn = 0; turn < Turns; turn++)
            (us[turn], them[turn]) = (ours(), theirs());
        double[] ratios = [.. us.Zip(them, (a, b) => b / a)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-30} ours {Median(us),9:0.00}  Python {Median(them),9:0.00}  ratio {Median(ratios):0.0} ({ratios.Min():0.0} to {ratios.Max():0.0})"));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
