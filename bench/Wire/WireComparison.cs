using System.Diagnostics;
using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Bench.Wire;

/// <summary>
/// Messages from one process to another on this machine: ours, bytes through the same transport, and a plain socket.
/// </summary>
internal static class WireComparison
{
    private const int Rounds = 21;
    private const int Ours = 0;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(1);
    private static readonly int[] Sizes = [16, 512, 10_240];

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        using OtherProcess other = OtherProcess.Start();
        IWireContestant[] contestants =
        [
            new AkkaContestant("Nudge", WireSystems.Nudge(), other.Ports[0], Activity),
            new AkkaContestant("Akka.Remote, bytes", WireSystems.Bare(false), other.Ports[1], Bytes),
            new AkkaContestant("the same, batching", WireSystems.Bare(true), other.Ports[2], Bytes),
            new PlainContestant(other.Ports[3]),
        ];
        output.WriteLine($"One-way streams between two processes, {Environment.ProcessorCount} cores, float32.");
        output.WriteLine($"Medians of {Rounds} turns each, taken in rounds.");
        output.WriteLine("Nudge / other: the median of the ratios of a round, with the lowest and the highest.");
        output.WriteLine($"{"bytes",7} {"",-20} {"messages/s",12} {"MB/s",8}   Nudge / other");
        foreach (int values in Sizes)
            Print(output, values, contestants, await MeasureAsync(contestants, values));
        foreach (IWireContestant contestant in contestants)
            await contestant.DisposeAsync();
    }

    private static async Task<double[][]> MeasureAsync(IWireContestant[] contestants, int values)
    {
        int[] counts = new int[contestants.Length];
        double[][] rates = [.. contestants.Select(_ => new double[Rounds])];
        for (int i = 0; i < contestants.Length; i++)
            counts[i] = await CountOfTurnAsync(contestants[i], values);
        for (int round = 0; round < Rounds; round++)
        {
            // In both orders, so that the order of the contestants has no effect.
            for (int turn = 0; turn < contestants.Length; turn++)
            {
                int i = round % 2 == 0 ? turn : contestants.Length - 1 - turn;
                rates[i][round] = await RateAsync(contestants[i], values, counts[i]);
            }
        }

        return rates;
    }

    /// <summary>Warms up for a while; the last rate determines how many messages fill a turn.</summary>
    private static async Task<int> CountOfTurnAsync(IWireContestant contestant, int values)
    {
        int count = WireWindow.Of(values);
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;)
        {
            double rate = await RateAsync(contestant, values, count);
            int batches = (int)(rate * Turn.TotalSeconds / WireWindow.Acknowledged);
            count = Math.Max(1, batches) * WireWindow.Acknowledged;
        }

        return count;
    }

    private static async Task<double> RateAsync(IWireContestant contestant, int values, int count)
    {
        long begun = Stopwatch.GetTimestamp();
        await contestant.SendAsync(values, count).WaitAsync(Stalled);
        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static void Print(TextWriter output, int values, IWireContestant[] contestants, double[][] rates)
    {
        for (int i = 0; i < contestants.Length; i++)
        {
            double rate = Median(rates[i]);
            double[] ratios = [.. rates[Ours].Zip(rates[i], (ours, others) => ours / others)];
            string ratio = i == Ours ? "" : $"{Median(ratios),6:F2} ({ratios.Min():F2}–{ratios.Max():F2})";
            int bytes = values * sizeof(float);
            double megabytes = rate * bytes / 1e6;
            output.WriteLine($"{bytes,7:N0} {contestants[i].Name,-20} {rate,12:N0} {megabytes,8:F1}   {ratio}");
        }
    }

    private static ActivityMessage Activity(int values)
    {
        var tag = new PhaseTag(new(0, 70_000), 35_000, [2]);
        float[] frame = [.. Enumerable.Range(0, values).Select(i => i / (float)values)];
        return new(new(3, 0, 1_000_000, tag, tag.Phase, new(0, 69_999), ActivityFrame.Of(frame)), 1_000_000.25, true);
    }

    private static byte[] Bytes(int values) => new byte[values * sizeof(float)];

    private static double Median(double[] numbers) => numbers.Order().ElementAt(numbers.Length / 2);
}
