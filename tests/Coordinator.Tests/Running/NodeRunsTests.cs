using System.Diagnostics;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Plugins;
using Nudge.Running;
using Nudge.Runs;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>Whole runs that another process has sent: what they may not do to the node.</summary>
public sealed class NodeRunsTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_path_in_a_run_is_never_opened(bool hasFolder)
    {
        using var folder = new TemporaryFolder();
        string theirs = Path.Combine(folder.Path, "theirs");
        string ours = Path.Combine(folder.Path, "ours");
        Directory.CreateDirectory(theirs);
        Directory.CreateDirectory(ours);
        // Whoever opens a pipe that nobody writes to waits for ever.
        foreach (string name in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
            await MakePipeAsync(Path.Combine(theirs, name));
        RunDeclinedException error = await Assert.ThrowsAsync<RunDeclinedException>(
            () => RunAsync(Experiment("mnist", $"data.path={theirs}"), new(null, hasFolder ? ours : null)).WaitAsync(Within));
        Assert.Contains(hasFolder ? ours : "folders that a run names are not opened", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xor")]
    [InlineData("two-moons")]
    [InlineData("bars-and-stripes")]
    public async Task A_node_without_a_folder_makes_runs_that_need_no_files(string name)
    {
        RunNumbers numbers = await RunAsync(Experiment(name, "run.presentations=20", "run.evaluateEvery=20"), DataFolder.None);
        Assert.NotEqual(0ul, numbers.EventHash);
    }

    [Theory]
    [InlineData(true, "10000 slices of a run (nudge node --max-slices); ")]
    [InlineData(false, "bytes of weights and states for each of 2 runs")]
    public async Task A_run_beyond_a_budget_is_declined_before_it_is_made(bool cut, string reason)
    {
        string[] set = cut
            ? ["populations.hidden.size=1000000", "populations.hidden.granularity=neuron"]
            : ["populations.hidden.size=1000000"];
        var watch = Stopwatch.StartNew();
        RunDeclinedException error = await Assert.ThrowsAsync<RunDeclinedException>(() => RunAsync(
            Experiment("digits", set), DataFolder.None, new() { MemoryBytes = 1 << 24 }).WaitAsync(Within));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    private static string Experiment(string name, params string[] set) =>
        SettingsWriter.ToYaml(ExperimentFile.Load(name, set, null).Settings, explained: false);

    private static Task<RunNumbers> RunAsync(string experiment, DataFolder folder, NodeBudget? budget = null) =>
        Task.Run(() => NodeRuns.Hosting(2, folder, budget ?? new(), PluginPlaces.OfNode([])).Source()(new(experiment), _ => { }, CancellationToken.None));

    private static async Task MakePipeAsync(string path)
    {
        using var made = Process.Start("mkfifo", path);
        await made.WaitForExitAsync();
        Assert.Equal(0, made.ExitCode);
    }
}
