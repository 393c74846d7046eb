using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Models.PredictiveCoding;

/// <summary>Input, one hidden population and output of predictive coding, between which the test carries every message.</summary>
internal sealed class HandDrivenHierarchy
{
    private readonly int _outputs;
    private long _phase;

    public HandDrivenHierarchy(NetworkSettings settings)
    {
        Network = NetworkCompiler.Compile(settings, 1000);
        Slices = [.. Network.Slices.Select(slice => Network.CreateSlice(slice))];
        _outputs = Network.Output!.Size;
    }

    public NetworkPlan Network { get; }

    public PopulationSlice[] Slices { get; }

    public PredictiveCodingSlice Hidden => (PredictiveCodingSlice)Slices[1];

    public PredictiveCodingSlice Output => (PredictiveCodingSlice)Slices[2];

    public static float[] ErrorsOf(PredictiveCodingSlice slice)
    {
        float[] errors = new float[slice.Plan.Count];
        slice.CopyErrors(errors);
        return errors;
    }

    public static float[] ActivityOf(PopulationSlice slice)
    {
        float[] activity = new float[slice.Plan.Count];
        slice.CopyActivity(activity);
        return activity;
    }

    /// <summary>Begins a phase with a stimulus, and a target where the output is to be held.</summary>
    public void Begin(float[] stimulus, float[]? target, float importance = 0)
    {
        var tag = new PhaseTag(new(0, ++_phase), 0, [importance]);
        Slices[0].Receive(new StimulusSignal(tag, ActivityFrame.Of(stimulus)));
        float strength = target is null ? 0 : float.PositiveInfinity;
        Output.Receive(new NudgeSignal(tag, target ?? new float[_outputs], new[] { strength }));
    }

    /// <summary>Lets every population step once, in order, and send what it has to all neighbours.</summary>
    public void Step(float elapsed)
    {
        foreach (PopulationSlice slice in Slices)
        {
            slice.Step(elapsed);
            ActivitySignal signal = slice.Send(null);
            foreach (LinkPlan link in Network.Links.Where(link => link.Source.Index == slice.Plan.Index))
                Slices[link.Target.Index].Receive(link.AfferentSlot, link.SourceSlot, signal);
        }
    }

    public void Settle(float elapsed = 0.25f)
    {
        for (int step = 0; step < 400; step++)
            Step(elapsed);
    }
}
