using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Neurons.Tests.Models.ForwardForward;

/// <summary>A stack of Forward-Forward layers between which the test itself carries every message.</summary>
internal sealed class HandDrivenLayers
{
    private readonly PopulationSlice[] _slices;
    private long _phase;

    public HandDrivenLayers(NetworkSettings settings)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, 1000);
        _slices = [.. network.Slices.Select(slice => network.CreateSlice(slice))];
        foreach (PopulationSlice layer in Layers)
        {
            int count = layer.Plan.Count;
            layer.Bias!.Set([.. Enumerable.Range(0, count).Select(i => 0.05f + (0.4f * i / count))]);
        }
    }

    public IReadOnlyList<PopulationSlice> Layers => _slices[1..];

    /// <summary>The layers as the oracle knows them.</summary>
    public IReadOnlyList<ForwardForwardLayer> Exact =>
    [
        .. Layers.Select(layer => new ForwardForwardLayer(
            [.. layer.Synapses[0].Weights.ToRowMajor().Select(value => (double)value)],
            [.. layer.Bias!.Values[..layer.Plan.Count].ToArray().Select(value => (double)value)])),
    ];

    public static float[] ActivityOf(PopulationSlice layer)
    {
        float[] activity = new float[layer.Plan.Count];
        layer.CopyActivity(activity);
        return activity;
    }

    public static float GoodnessOf(PopulationSlice layer)
    {
        float[] goodness = new float[1];
        layer.CopyAnswer(goodness);
        return goodness[0];
    }

    /// <summary>Shows a sample; all layers then end the phase before, from the lowest on, and answer.</summary>
    public void Show(float[] sample, float importance, long stimulus = 0)
    {
        var tag = new PhaseTag(new(0, ++_phase), stimulus, [importance]);
        _slices[0].Receive(new StimulusSignal(tag, ActivityFrame.Of(sample)));
        _slices[0].Step(0.25f);
        for (int layer = 1; layer < _slices.Length; layer++)
        {
            _slices[layer].Receive(0, 0, _slices[layer - 1].Send(null));
            _slices[layer].Step(0.25f);
        }
    }
}
