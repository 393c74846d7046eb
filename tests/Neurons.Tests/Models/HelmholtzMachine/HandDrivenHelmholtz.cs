using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.HelmholtzMachine;

/// <summary>A Helmholtz machine of an input and one hidden slice between which the test itself carries every message.</summary>
internal sealed class HandDrivenHelmholtz
{
    private long _phase;

    public HandDrivenHelmholtz(int visible, int hidden, double rate = 1)
    {
        Network = NetworkCompiler.Compile(SmallHelmholtz.Settings([visible, hidden], rate), 1000);
        Input = (HelmholtzSlice)Network.CreateSlice(Network.Slices[0]);
        Hidden = (HelmholtzSlice)Network.CreateSlice(Network.Slices[1]);
    }

    public NetworkPlan Network { get; }

    public HelmholtzSlice Input { get; }

    public HelmholtzSlice Hidden { get; }

    /// <summary>Tells the input of a phase: clamped to a row where it is positive.</summary>
    public void Begin(float[] row, float importance)
    {
        var tag = new PhaseTag(new(0, ++_phase), 0, [importance]);
        Input.Receive(new NudgeSignal(tag, row, new[] { importance > 0 ? float.PositiveInfinity : 0 }));
    }

    /// <summary>A step of the input, which the hidden units receive.</summary>
    public void Up()
    {
        Input.Step(1);
        Hidden.Receive(0, 0, Input.Send(null));
    }

    /// <summary>A step of the hidden units, which the input receives.</summary>
    public void Down()
    {
        Hidden.Step(1);
        Input.Receive(0, 0, Hidden.Send(null));
    }

    public float[] Weights(PopulationSlice slice) => slice.Synapses[0].Weights.ToRowMajor();

    public static float[] ActivityOf(PopulationSlice slice)
    {
        float[] activity = new float[slice.Plan.Count];
        slice.CopyActivity(activity);
        return activity;
    }
}
