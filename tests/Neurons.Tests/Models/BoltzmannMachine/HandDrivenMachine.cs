using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Synapses;

namespace Nudge.Neurons.Tests.Models.BoltzmannMachine;

/// <summary>A Boltzmann machine of two slices between which the test itself carries every message.</summary>
internal sealed class HandDrivenMachine
{
    private long _phase;

    public HandDrivenMachine(NetworkSettings settings)
    {
        Network = NetworkCompiler.Compile(settings, 1000);
        Visible = (BinarySlice)Network.CreateSlice(Network.Slices[0]);
        Hidden = (BinarySlice)Network.CreateSlice(Network.Slices[1]);
    }

    public NetworkPlan Network { get; }

    public BinarySlice Visible { get; }

    public BinarySlice Hidden { get; }

    public float[] V => ActivityOf(Visible);

    public float[] H => ActivityOf(Hidden);

    public float Step => (float)Network.Settings.Time.Step;

    /// <summary>Gives both ends the parameters.</summary>
    public void Set(BoltzmannParameters machine)
    {
        SynapseGroup atHidden = Hidden.Synapses[0];
        SynapseGroup atVisible = Visible.Synapses[0];
        for (int i = 0; i < machine.Hidden; i++)
        {
            for (int j = 0; j < machine.Visible; j++)
            {
                float weight = (float)machine.Weights[(i * machine.Visible) + j];
                (atHidden.Weights[i, j], atVisible.Weights[j, i]) = (weight, weight);
            }

            for (int k = 0; k < machine.Hidden && machine.Couplings is not null; k++)
                Hidden.Synapses[1].Weights[i, k] = (float)machine.Couplings[(i * machine.Hidden) + k];
        }

        Hidden.Bias.Set([.. machine.HiddenBias.Select(value => (float)value)]);
        Visible.Bias.Set([.. machine.VisibleBias.Select(value => (float)value)]);
    }

    /// <summary>Sends the visible units a phase: clamped to a row, or free where there is none.</summary>
    public void Begin(float[]? row, float importance, long stimulus = 0)
    {
        var tag = new PhaseTag(new(0, ++_phase), stimulus, [importance]);
        float strength = row is null ? 0 : float.PositiveInfinity;
        Visible.Receive(new NudgeSignal(tag, row ?? new float[Visible.Plan.Count], new[] { strength }));
    }

    /// <summary>One step of the visible units, received by the hidden ones, then the other way round.</summary>
    public void Sweep()
    {
        Visible.Step(Step);
        Hidden.Receive(0, 0, Visible.Send(null));
        Hidden.Step(Step);
        Visible.Receive(0, 0, Hidden.Send(null));
    }

    private static float[] ActivityOf(PopulationSlice slice)
    {
        float[] activity = new float[slice.Plan.Count];
        slice.CopyActivity(activity);
        return activity;
    }
}
