using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class ClusterMemoryTests
{
    // One way 512 × 2048, there and back 2 × 2048 × 10.
    private const long Synapses = (512 * 2048) + (2 * 2048 * 10);

    [Fact]
    public async Task Two_nodes_with_a_million_synapses_say_what_memory_they_took()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, "run", "hundred-million", "--engine", "cluster", "--local-nodes", "2", "--save-every", "1",
            "--out", "r", "--json", "--set", "data.inputs=512", "--set", "populations.pattern.size=512",
            "--set", "populations.hidden.size=2048", "--set", "populations.hidden.granularity.slice=512",
            "--set", "run.presentations=4", "--set", "data.test=2");
        Assert.True(run.Code == 0, run.Error);
        JsonElement memory = run.Json.GetProperty("memory");
        long[] peaks = [.. memory.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("peakBytes").GetInt64())];
        Assert.Equal(2, peaks.Length);
        // A process with the runtime in it takes tens of megabytes, and these weights add four.
        Assert.All(peaks, peak => Assert.InRange(peak, 20_000_000, 1_000_000_000));
        Assert.Equal(Synapses, memory.GetProperty("synapses").GetInt64());
        Assert.Equal(peaks.Sum() / (double)Synapses, memory.GetProperty("bytesPerSynapse").GetDouble(), 0.001);
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("weightsHash").ValueKind);
        Assert.False(File.Exists(Path.Combine(folder.Path, "r", RunFiles.Weights)));
        Assert.True(run.Json.GetProperty("learned").GetProperty("positive").GetInt64() > 0, run.Output);
    }
}
