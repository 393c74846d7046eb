using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;
using Nudge.VirtualTime.Nodes;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>Networks that begin with given weights.</summary>
public sealed class InitialWeightsTests
{
    private const int Presentations = 12;
    private static readonly NetworkSettings Settings = SmallNetwork.Settings(9, 20, 3) with { Links = SmallNetwork.Faulty };
    private static readonly VectorExamples Examples = EveryModel.Examples("batch");
    private readonly NetworkPlan _drawn = NetworkCompiler.Compile(Settings, Presentations);

    /// <summary>The weights of another seed, with biases that are not 0.</summary>
    private NetworkWeights Other
    {
        get
        {
            NetworkPlan other = NetworkCompiler.Compile(Settings with { Seed = 77 }, Presentations);
            NetworkWeights drawn = WeightsOf(other, other.Slices.Select(slice => other.CreateSlice(slice)));
            return NetworkWeights.Of(
                other, drawn.Weights, [.. drawn.Biases.Select(biases => biases.Select((_, unit) => 0.01f * unit).ToArray())]);
        }
    }

    [Fact]
    public void Slices_begin_with_the_weights_and_biases_that_are_given()
    {
        NetworkWeights other = Other;
        NetworkPlan network = _drawn.BeginningWith(other);
        NetworkWeights first = WeightsOf(network, network.Slices.Select(slice => network.CreateSlice(slice)));
        Assert.Equal(other.Weights, first.Weights);
        Assert.Equal(other.Biases, first.Biases);
        Assert.NotEqual(WeightsOf(_drawn, _drawn.Slices.Select(slice => _drawn.CreateSlice(slice))).Weights, first.Weights);
    }

    /// <summary>An evaluation is made by a copy that reads the weights of the network: it must not set them back.</summary>
    [Fact]
    public void An_evaluation_leaves_what_was_learned()
    {
        NetworkPlan network = _drawn.BeginningWith(Other);
        VirtualEngine with = new(network, Schedule(network, evaluateEvery: 4));
        VirtualEngine without = new(network, Schedule(network, evaluateEvery: 0));
        SmallNetwork.RunToEnd(with);
        SmallNetwork.RunToEnd(without);
        Assert.Equal(SmallNetwork.Weights(network, without.Slices), SmallNetwork.Weights(network, with.Slices));
        Assert.NotEqual(Other.Weights, WeightsOf(network, with.Slices).Weights);
    }

    /// <summary>A node compiles the network from its settings and has no file: it receives the weights with the state.</summary>
    [Fact]
    public void Nodes_that_know_the_settings_alone_receive_the_weights_and_give_the_bits_of_one_process()
    {
        NetworkPlan network = _drawn.BeginningWith(Other);
        VirtualEngine alone = new(network, Schedule(network, evaluateEvery: 4));
        SmallNetwork.RunToEnd(alone);
        using var nodes = new InProcessNodes(_drawn);
        var engine = new DistributedEngine(network, Schedule(network, evaluateEvery: 4), nodes);
        nodes.Start(_drawn, engine, [.. network.Slices.Select(slice => slice.Index % 2)], 1);
        SmallNetwork.RunToEnd(engine.Engine);
        Assert.Equal(alone.EventHash, engine.Engine.EventHash);
        engine.Collect(whole: true);
        Assert.Equal(StateBytes.Of("engine", alone), StateBytes.Of("engine", engine.Engine));
    }

    private static TrainingSchedule Schedule(NetworkPlan network, int evaluateEvery) =>
        new(network, new RunPlan(Presentations, evaluateEvery, 4), Examples, Examples);

    private static NetworkWeights WeightsOf(NetworkPlan network, IEnumerable<PopulationSlice> slices) =>
        NetworkWeights.Of(network, slices);
}
