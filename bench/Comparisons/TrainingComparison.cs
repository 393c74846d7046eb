using System.Diagnostics;
using System.Globalization;
using Nudge.Actors;
using Nudge.Clocks;
using Nudge.DataSets;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Stimuli;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// Training of 784-512-10, two phases of 48 steps for each stimulus, against the same equations in PyTorch
/// (bench/pytorch/equilibrium.py; one thread, input current cached in both), turn by turn in one run.
/// </summary>
internal static class TrainingComparison
{
    private const int Turns = 5;
    private static readonly PythonContestant PyTorch = new("pytorch/equilibrium.py");
    private static readonly StimulusSets Digits =
        DataSetCatalog.Load(new(new DigitsSettings { Train = 4000, Test = 100 }));

    public static void Run(TextWriter output)
    {
        (string Name, Func<double> SamplesPerSecond)[] contestants =
        [
            ("virtual time, batch 1", () => Virtual(3000, 1)),
            ("PyTorch, batch 1", () => PyTorch.Answer(1, 100)),
            ("virtual time, 64 lanes", () => Virtual(12_800, 64)),
            ("PyTorch, batch 64", () => PyTorch.Answer(64, 1280)),
            ("actors, batch 1", () => Actors(3000)),
        ];
        double[][] rates = [.. contestants.Select(_ => new double[Turns])];
        for (int turn = -1; turn < Turns; turn++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                double rate = contestants[i].SamplesPerSecond();
                // The first turn warms caches and the just-in-time compiler, and does not count.
                if (turn >= 0)
                    rates[i][turn] = rate;
            }
        }

        output.WriteLine("784-512-10, training samples per second, median (least to most) of 5 turns");
        for (int i = 0; i < contestants.Length; i++)
            output.WriteLine(Row(contestants[i].Name, rates[i]));
        output.WriteLine($"virtual time / PyTorch, batch 1:  {Ratio(rates[0], rates[1])}");
        output.WriteLine($"virtual time / PyTorch, batch 64: {Ratio(rates[2], rates[3])}");
        output.WriteLine($"actors / virtual time, batch 1:   {Ratio(rates[4], rates[0])}");
    }

    private static double Virtual(int samples, int lanes)
    {
        (NetworkPlan network, TrainingSchedule schedule) = Prepare(samples, lanes);
        var engine = new VirtualEngine(network, schedule);
        long begun = Stopwatch.GetTimestamp();
        while (schedule.Presentations < samples)
            engine.RunPhase();
        return samples / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Actors(int samples)
    {
        (NetworkPlan network, TrainingSchedule schedule) = Prepare(samples, 1);
        return ActorsAsync(network, schedule, samples).GetAwaiter().GetResult();
    }

    private static async Task<double> ActorsAsync(NetworkPlan network, TrainingSchedule schedule, int samples)
    {
        await using var engine = new ActorEngine(network, schedule, new());
        await engine.StartAsync();
        long begun = Stopwatch.GetTimestamp();
        await engine.Over;
        return samples / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static (NetworkPlan Network, TrainingSchedule TrainingSchedule) Prepare(int samples, int lanes)
    {
        var settings = new NetworkSettings
        {
            Populations =
            [
                new("image", new() { Role = PopulationRole.Input, Size = 784 }),
                new("hidden", new() { Role = PopulationRole.Hidden, Size = 512 }),
                new("label", new() { Role = PopulationRole.Output, Size = 10 }),
            ],
            Projections =
            [
                new("image-hidden", new() { From = "image", To = "hidden", Rate = 0.03 }),
                new("hidden-label", new() { From = "hidden", To = "label", Bidirectional = true, Rate = 0.03 }),
            ],
            Clocks = new ClockSettings { Jitter = 0.2 },
            Phases = new() { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
            Lanes = lanes,
        };
        NetworkPlan network = NetworkCompiler.Compile(settings, samples / lanes);
        return (network, new(network, new RunPlan(samples, 0, 1), Digits.Train, Digits.Test));
    }

    private static string Row(string name, double[] rates) => string.Create(
        CultureInfo.InvariantCulture, $"{name,-24} {Median(rates),9:N0}  ({rates.Min():N0} to {rates.Max():N0})");

    private static string Ratio(double[] a, double[] b)
    {
        double[] pairs = [.. a.Zip(b, (x, y) => x / y)];
        return string.Create(CultureInfo.InvariantCulture, $"{Median(pairs):0.00}  ({pairs.Min():0.00} to {pairs.Max():0.00})");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
