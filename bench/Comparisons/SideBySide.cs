using System.Diagnostics;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// Times contestants turn by turn, so that other load on the machine or a change of its clock affects all alike.
/// </summary>
internal static class SideBySide
{
    private const int Rounds = 41;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1.5);

    /// <summary>Lets processes write into a folder that is deleted afterwards.</summary>
    public static void InFolder(Action<string> compare)
    {
        string folder = Directory.CreateTempSubdirectory("nudge-bench-").FullName;
        try
        {
            compare(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The median time of one call of each contestant, in microseconds.</summary>
    public static double[] Medians(IReadOnlyList<Action> contestants)
    {
        var calls = contestants.Select(CallsPerTurn).ToArray();
        var times = contestants.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                times[i][round] = MicrosecondsPerCall(contestants[i], calls[i]);
            }
        }

        return times.Select(Median).ToArray();
    }

    private static int CallsPerTurn(Action contestant)
    {
        var calls = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            contestant();
            calls++;
        }

        return Math.Max(1, (int)(calls * Turn / WarmUp));
    }

    private static double MicrosecondsPerCall(Action contestant, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            contestant();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    /// <summary>The middle one of an odd number of values.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
