using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>The last phase of a run teaches as every other, whether or not the network is evaluated after it.</summary>
public sealed class LastPhaseTests
{
    [Theory]
    [InlineData("equilibrium-propagation, isd", 2)]
    [InlineData("rbm, phase-end", 1)]
    [InlineData("ff", 1)]
    public void Every_phase_of_a_run_is_learned_from_once(string model, int perStimulus)
    {
        NetworkSettings plain = EveryModel.Settings(model);
        NetworkSettings settings = plain with
        {
            Phases = plain.Phases with
            {
                PerStimulus = perStimulus,
                // Long enough for every population to receive every phase.
                Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 20 },
            },
        };
        const int Rounds = 7;
        VirtualEngine engine = SmallNetwork.Engine(settings, Rounds * settings.Lanes, EveryModel.Examples(model));
        SmallNetwork.RunToEnd(engine);
        PopulationSlice hidden = engine.Slices.First(slice => slice.Plan.Population.Name != engine.Slices[0].Plan.Population.Name);
        LearningTally learned = hidden.Learned;
        Assert.Equal(Rounds * perStimulus * settings.Lanes, learned.Positive + learned.Negative + learned.Gated);
    }
}
