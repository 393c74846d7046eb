using Nudge.Commands;
using Nudge.Coordinator.Tests.Experiments;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Plugins;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Sweeps;
using Nudge.Topology;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>Runs that begin with the weights of a file.</summary>
public sealed class InitialWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder.File("weights.npz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_engine_of_one_process_begins_with_the_weights_of_another_run()
    {
        PreparedRun other = Prepare("seed=9");
        NetworkWeights given = FirstWeights.Of(other.Network);
        Write(other.Network, given);

        foreach (string name in new[] { "virtual", "actors" })
        {
            PreparedRun run = Prepare($"init.file={Weights}");
            await using IEngineRun engine = EngineFactory.Create(name, run);
            NetworkWeights begun = await engine.WeightsAsync();
            Assert.Equal(given.Weights, begun.Weights);
            Assert.Equal(given.Biases, begun.Biases);
        }

        Assert.NotEqual(given.Weights, FirstWeights.Of(Prepare().Network).Weights);
    }

    [Fact]
    public void One_array_of_a_bidirectional_projection_gives_both_directions_and_any_number_type_is_read()
    {
        // 2 × 4 of 64 bits and in the order of Fortran, as NumPy writes the transpose of an array.
        WriteText("input-hidden", "<f4", false, "4, 2", Bytes<float>([.. Enumerable.Range(0, 8).Select(i => i / 8f)]));
        WriteText("hidden-label", "<f8", true, "2, 4", Bytes<double>([1, 5, 2, 6, 3, 7, 4, 8]));
        WriteText("hidden.bias", "<i2", false, "4,", Bytes<short>([1, 2, 3, 4]));
        WriteText("label.bias", "<f4", false, "2,", Bytes<float>([0, 0]));

        PreparedRun run = Prepare($"init.file={Weights}");

        NetworkWeights begun = FirstWeights.Of(run.Network);
        ProjectionPlan forward = run.Network.Projections.Single(one => one.Name == "hidden-label.forward");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], begun.Weights[forward.Index]);
        Assert.Equal([1, 5, 2, 6, 3, 7, 4, 8], begun.Weights[forward.Reverse]);
        Assert.Equal(1, begun.Symmetry(forward), 1e-12);
        Assert.Equal([1, 2, 3, 4], begun.Biases[1]);
    }

    [Fact]
    public void What_is_missing_is_drawn_and_what_is_too_much_is_left_only_where_the_file_may_be_partial()
    {
        WriteText("input-hidden", "<f4", false, "4, 2", Bytes<float>(new float[8]));
        WriteText("elsewhere", "<f4", false, "1,", Bytes<float>([1]));

        string[] problems = ProblemsOf();

        Assert.Equal(2, problems.Length);
        Assert.Contains("no array hidden-label.forward, hidden-label.backward, hidden.bias, label.bias; expected all", problems[0], StringComparison.Ordinal);
        Assert.Contains("elsewhere belongs to nothing in the network", problems[1], StringComparison.Ordinal);
        NetworkWeights drawn = FirstWeights.Of(Prepare().Network);
        NetworkWeights begun = FirstWeights.Of(Prepare($"init.file={Weights}", "init.partial=true").Network);
        Assert.Equal(new float[8], begun.Weights[0]);
        Assert.Equal(drawn.Weights.Skip(1), begun.Weights.Skip(1));
    }

    [Theory]
    [InlineData("input-hidden", "<f4", "2, 4", "array input-hidden: 2×4 of <f4; expected 4×2 numbers, targets × sources: this is the transpose")]
    [InlineData("input-hidden", "<f4", "8,", "array input-hidden: 8 of <f4; expected 4×2 numbers, targets × sources")]
    [InlineData("hidden.bias", "|S4", "8,", "array hidden.bias: 8 of |S4; expected 4 numbers, units")]
    [InlineData("elsewhere", "<f4", "8,", "none of the arrays of this network; expected some of input-hidden")]
    public void An_array_of_another_shape_is_named_with_the_shape_that_was_expected(string name, string type, string shape, string message)
    {
        WriteText(name, type, false, shape, new byte[32]);
        Assert.Contains(message, Assert.Single(ProblemsOf("init.partial=true")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_weight_can_have_is_named_with_its_place()
    {
        WriteText("input-hidden", "<f8", false, "4, 2", Bytes<double>([0, 0, 0, 0, 0, 1e300, 0, double.NaN]));
        Assert.EndsWith(
            "array input-hidden: [2, 1] is 1E+300; expected a finite number of 32 bits", Assert.Single(ProblemsOf("init.partial=true")), StringComparison.Ordinal);
        File.WriteAllText(Weights, "no zip");
        Assert.Contains("damaged, or no .npz file", Assert.Single(ProblemsOf()), StringComparison.Ordinal);
        File.Delete(Weights);
        Assert.Contains("cannot be read", Assert.Single(ProblemsOf()), StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_checks_the_file_too()
    {
        File.WriteAllText(_folder.File("small.yaml"), SmallExperiment.Text);
        Problem problem = Assert.Single(Assert.Throws<ExperimentException>(() => ValidateCommand.Execute(
            _folder.File("small.yaml"), [$"init.file={Weights}"], plugins: [], explain: false, schema: false)).Problems);
        Assert.Equal("init.file", problem.Path);
    }

    [Fact]
    public async Task The_files_of_a_run_pin_the_file_and_a_run_that_goes_on_refuses_another()
    {
        PreparedRun other = Prepare("seed=9");
        Write(other.Network, FirstWeights.Of(other.Network));
        byte[] before = File.ReadAllBytes(Weights);
        string run = _folder.File("run");
        File.WriteAllText(_folder.File("small.yaml"), SmallExperiment.Text);
        Assert.Equal(0, await RunCommand.ExecuteAsync(
            new()
            {
                File = _folder.File("small.yaml"),
                Overrides = [$"init.file={Weights}", "run.presentations=60", "run.checkpointEvery=20"],
                Out = run,
                Quiet = true,
            },
            CancellationToken.None));
        ExperimentSettings kept = ExperimentFile.Load(Path.Combine(run, RunFiles.Experiment), [], null).Settings;
        Assert.Equal((Weights, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(before))), (kept.Init!.File, kept.Init.Sha256!));
        RunSummary summary = RunSummary.Parse(File.ReadAllText(Path.Combine(run, RunFiles.Summary)));
        Assert.Equal(kept.Init.Sha256, (string?)summary.Settings!["init"]!["sha256"]);

        NetworkWeights drawn = FirstWeights.Of(Prepare().Network);
        Write(other.Network, drawn);
        ExperimentException error = await Assert.ThrowsAsync<ExperimentException>(() => ResumeAsync(run));
        Assert.Contains("is another file than the one that was named", Assert.Single(error.Problems).Message, StringComparison.Ordinal);

        File.Delete(Weights);
        string moved = _folder.File("moved.npz");
        File.WriteAllBytes(moved, before);
        Assert.Equal(0, await ResumeAsync(run, $"init.file={moved}"));
    }

    [Fact]
    public void The_runs_of_a_sweep_begin_with_one_file()
    {
        PreparedRun other = Prepare();
        Write(other.Network, FirstWeights.Of(other.Network));
        File.WriteAllText(_folder.File("small.yaml"), SmallExperiment.Text);
        IReadOnlyList<string> Set(params string[] vary) => SweepDefinition.Of(
            new() { File = _folder.File("small.yaml"), Set = [$"init.file={Weights}"], Vary = vary }).Set;
        Assert.Contains(Set("model.beta=1,2"), one => one.StartsWith("init.sha256=", StringComparison.Ordinal));
        Assert.DoesNotContain(Set($"init.file={Weights},x.npz"), one => one.StartsWith("init.sha256=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_opens_no_file_of_weights_and_asks_the_coordinator_for_its_slices()
    {
        string[] overrides = [$"init.file={_folder.File("nowhere.npz")}", $"init.sha256={new string('0', 64)}"];
        Assert.True(Asked(overrides));
        Assert.False(Asked([]));

        static bool Asked(string[] overrides)
        {
            string sent = SettingsWriter.ToYaml(SmallExperiment.Set(overrides).Settings, explained: false);
            return NodeProgram.ReaderOf(PluginPlaces.OfNode([]))(sent, 2).BeginsFromGivenWeights;
        }
    }

    private static PreparedRun Prepare(params string[] overrides) => PreparedRun.Load(SmallExperiment.Set(overrides), null);

    private string[] ProblemsOf(params string[] overrides) =>
    [
        .. Assert.Throws<ExperimentException>(() => Prepare([$"init.file={Weights}", .. overrides])).Problems.Select(one =>
        {
            Assert.Equal(("init.file", $"--set init.file={Weights}"), (one.Path, one.Place));
            return one.Message;
        }),
    ];

    private static Task<int> ResumeAsync(string run, params string[] overrides) => RunCommand.ExecuteAsync(
        new() { Resume = run, Presentations = 80, Overrides = overrides, Quiet = true }, CancellationToken.None);

    private void Write(NetworkPlan network, NetworkWeights weights)
    {
        using FileStream stream = File.Create(Weights);
        WeightsFile.Write(stream, network, weights);
    }

    private void WriteText(string name, string type, bool fortran, string shape, byte[] items)
    {
        using var zip = System.IO.Compression.ZipFile.Open(Weights, System.IO.Compression.ZipArchiveMode.Update);
        using Stream entry = zip.CreateEntry($"{name}.npy").Open();
        string header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        entry.Write(System.Text.Encoding.ASCII.GetBytes(header));
        entry.Write(items);
    }

    private static byte[] Bytes<T>(T[] values)
        where T : struct => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
