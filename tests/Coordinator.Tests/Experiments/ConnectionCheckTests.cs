using Nudge.Experiments;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Topology;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Shapes and windows in experiment files.</summary>
public sealed class ConnectionCheckTests
{
    private const string Text = """
        format: 1
        name: windows
        data: {set: digits}
        populations:
          image: {role: input, shape: {height: 28, width: 28}}
          maps: {role: hidden, shape: {height: 12, width: 12, channels: 4}}
          pool: {role: hidden, shape: {height: 6, width: 6, channels: 4}}
          label: {role: output, size: 10}
        projections:
          image-maps: {from: image, to: maps, connect: {kind: convolution, kernel: 5, stride: 2}}
          maps-pool: {from: maps, to: pool, bidirectional: true, connect: {kind: pooling, kernel: 2}}
          pool-label: {from: pool, to: label, bidirectional: true}
        model: {kind: equilibrium-propagation}
        granularity: layer

        """;

    [Fact]
    public void The_file_that_these_tests_damage_is_sound_and_is_written_in_full_and_read_again()
    {
        ExperimentSettings settings = SmallExperiment.Load(Text).Settings;
        Assert.Equal(576, settings.Populations["maps"].Size);
        string full = SettingsWriter.ToYaml(settings, explained: true);
        Assert.Contains("kernel: 5", full, StringComparison.Ordinal);
        ExperimentSettings again = SmallExperiment.Load(full).Settings;
        Assert.Equal(settings.Populations, again.Populations);
        Assert.Equal(settings.Projections, again.Projections);
    }

    [Theory]
    [InlineData("height: 12, width: 12", "height: 11, width: 12", "6:31: populations.maps.shape: 11×12 units; expected 12×12, which windows of 5×5 with stride 2 and padding 0 make of the 28×28 units of image")]
    [InlineData("kernel: 5", "kernel: 40", "10:76: projections.image-maps.connect.kernel: no window of 40×40 fits into the 28×28 units of image; expected a smaller one, or padding")]
    [InlineData("stride: 2", "stride: 2, padding: 5", "10:99: projections.image-maps.connect.padding: 5 puts whole windows of 5 beyond the border; expected less than 5")]
    [InlineData("width: 6, channels: 4", "width: 6, channels: 3", "7:31: populations.pool.shape: 3 channels; expected 4, as maps has, since pooling joins no channels")]
    [InlineData("shape: {height: 28, width: 28}", "size: 784", "5:10: populations.image.shape: missing; convolution needs it; expected {height, width, channels} whose product is 784")]
    [InlineData("{role: hidden, shape: {height: 12, width: 12, channels: 4}}", "{role: hidden, size: 500, shape: {height: 12, width: 12, channels: 4}}", "6:42: populations.maps.shape: 12×12×4 are 576 units, and size is 500; expected one number, or no size")]
    [InlineData("granularity: layer", "granularity: {slice: 100}", "14:14: granularity: slices of 100 of the 12×12×4 units of maps divide a channel, whose 144 units convolution keeps together; expected layer or {channels: n}")]
    [InlineData("granularity: layer", "granularity: neuron", "14:14: granularity: slices of 1 of the 12×12×4 units of maps divide a channel, whose 144 units convolution keeps together; expected layer or {channels: n}")]
    [InlineData("label: {role: output, size: 10}", "label: {role: output, size: 10, granularity: {channels: 2}}", "8:48: populations.label.granularity: label has no channels; expected populations.label.shape, or another cut")]
    [InlineData("{kind: convolution, kernel: 5, stride: 2}", "convolution", "10:48: projections.image-maps.connect.kernel: missing; kind convolution needs it; expected a whole number from 1 to 1000")]
    [InlineData("kind: convolution", "kind: convolutional", "10:55: projections.image-maps.connect.kind: unknown word convolutional, did you mean convolution?; expected convolution, dense, local or pooling")]
    [InlineData("channels: 4}}\n  pool", "channels: 4000000}}\n  pool", "6:65: populations.maps.shape.channels: 4000000 is out of range; expected a whole number from 1 to 1000000")]
    [InlineData("channels: 4}}\n  pool", "channels: 40000}}\n  pool", "6:31: populations.maps.shape: 12×12×40000 are 5760000 units; expected at most 1000000")]
    [InlineData("kind: equilibrium-propagation", "kind: boltzmann-machine", "projections.image-maps.connect: boltzmann-machine reads single weights, which convolution does not give it; expected dense")]
    public void What_does_not_fit_is_refused_at_its_place(string part, string damage, string expected)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        IReadOnlyList<Problem> problems = SmallExperiment.ProblemsOf(Text.Replace(part, damage, StringComparison.Ordinal));
        string found = string.Join("\n", problems.Select(problem => problem.ToString()));
        Assert.Contains(expected, found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_of_fixed_weights_is_warned_of() => Assert.Contains(
        SmallExperiment.Load(Text.Replace("{kind: pooling, kernel: 2}", "{kind: pooling, kernel: 2}, rate: 1", StringComparison.Ordinal)).Warnings,
        warning => warning.ToString().Contains("projections.maps-pool.rate: has no effect: the weights of pooling are fixed", StringComparison.Ordinal));

    [Theory]
    [InlineData("granularity.channels=2", 2)]
    [InlineData("granularity={channels: 3}", 3)]
    public void A_cut_into_channels_is_read(string change, int channels)
    {
        ExperimentSettings settings = SmallExperiment.Load(Text, $"populations.maps.{change}").Settings;
        Assert.Equal(new(GranularityKind.Channels, channels), settings.Populations["maps"].Granularity);
    }

    [Fact]
    public void Files_of_weights_have_channels_and_kernel_and_one_array_serves_both_directions()
    {
        LoadedExperiment experiment = SmallExperiment.Load(Text.Replace(
            "to: pool, bidirectional: true, connect: {kind: pooling, kernel: 2}",
            "to: pool, bidirectional: true, connect: {kind: convolution, kernel: 3, stride: 2, padding: 1}",
            StringComparison.Ordinal));
        PreparedRun run = PreparedRun.Load(experiment, DataFolder.None);
        NetworkWeights drawn = FirstWeights.Of(run.Network);
        using var stream = new MemoryStream();
        WeightsFile.Write(stream, run.Network, drawn);
        stream.Position = 0;
        IReadOnlyList<NpzArray> arrays = [.. NpzFile.Read(stream)];
        Assert.Equal([4, 1, 5, 5], arrays.Single(one => one.Name == "image-maps").Shape);
        Assert.Equal([4, 4, 3, 3], arrays.Single(one => one.Name == "maps-pool.backward").Shape);
        Assert.Equal([4], arrays.Single(one => one.Name == "maps.bias").Shape);
    }
}
