using System.Globalization;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// The same experiment in virtual time, on actors and on three local nodes with several lags: stimuli a second while it runs,
/// turn by turn, as whole processes.
/// </summary>
internal static class EngineComparison
{
    private const int Turns = 3;
    private static readonly Side[] Sides =
    [
        new("virtual time", 20_000, ["--engine", "virtual"]),
        new("actors", 20_000, ["--engine", "actors"]),
        new("three local nodes, a lag of one step", 10_000, ["--engine", "cluster", "--local-nodes", "3", "--set", "engine.lag=0"]),
        new("three local nodes", 20_000, ["--engine", "cluster", "--local-nodes", "3"]),
        new("three local nodes, a lag of 2 τ", 20_000, ["--engine", "cluster", "--local-nodes", "3", "--set", "engine.lag=2"]),
    ];

    public static void Run(TextWriter output) => SideBySide.InFolder(folder => Compare(output, folder));

    private static void Compare(TextWriter output, string folder)
    {
        double[][] rates = [.. Sides.Select(_ => new double[Turns])];
        // The first turn brings the files into memory, and does not count.
        for (int turn = -1; turn < Turns; turn++)
        {
            for (int place = 0; place < Sides.Length; place++)
            {
                int side = turn % 2 == 0 ? place : Sides.Length - 1 - place;
                double rate = Rate(Sides[side], Path.Combine(folder, $"{turn + 1}-{side}"));
                if (turn < 0)
                    continue;
                rates[side][turn] = rate;
                output.WriteLine(Line($"{Sides[side].Name}: {rate:0} stimuli/s"));
            }
        }

        for (int side = 0; side < Sides.Length; side++)
        {
            double[] ratios = [.. rates[side].Zip(rates[0], (own, first) => own / first)];
            output.WriteLine(Line(
                $"{Sides[side].Name}: median {SideBySide.Median(rates[side]):0} stimuli/s, {SideBySide.Median(ratios):0.000} of {Sides[0].Name} ({ratios.Min():0.000} to {ratios.Max():0.000})"));
        }
    }

    private static double Rate(Side side, string path) => EngineRun.Rate(
        "digits", side.Presentations, path, [.. side.Arguments, "--set", "run.evaluateEvery=0", "--set", "data.test=20"]);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>One engine, with so many stimuli that its warming up is no large part of them.</summary>
    private sealed record Side(string Name, int Presentations, string[] Arguments);
}
