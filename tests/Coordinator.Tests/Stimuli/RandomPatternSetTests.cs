using Nudge.DataSets;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class RandomPatternSetTests
{
    private const int Inputs = 4000;
    private static readonly StimulusSets Sets = DataSetCatalog.Load(
        new(new RandomPatternsSettings { Train = 30, Test = 20, Inputs = Inputs, Classes = 5 }, Seed: 7));

    [Fact]
    public void It_has_the_sizes_that_were_asked_for() => Assert.Equal(
        (30, 20, Inputs, 5), (Sets.Train.Count, Sets.Test.Count, Sets.Train.InputSize, Sets.Test.Classes));

    [Fact]
    public void A_quarter_of_the_values_is_on_and_the_rest_off()
    {
        float[] example = Example(Sets.Train, 3);

        Assert.All(example, value => Assert.True(value is 0 or 1));
        Assert.InRange(example.Average(), 0.22, 0.28);
    }

    [Fact]
    public void Examples_of_a_class_differ_a_little_and_those_of_two_classes_much()
    {
        // Two redraw a tenth each: 2 · 0.1 · 0.9 + 0.1² of the values, of which 2 · ¼ · ¾ come out different.
        Assert.InRange(Distance(Example(Sets.Train, 0), Example(Sets.Train, 5)), 0.05, 0.09);
        Assert.InRange(Distance(Example(Sets.Train, 0), Example(Sets.Test, 0)), 0.05, 0.09);
        Assert.InRange(Distance(Example(Sets.Train, 0), Example(Sets.Train, 1)), 0.34, 0.41);
    }

    [Fact]
    public void An_example_is_a_function_of_seed_and_number()
    {
        Assert.Equal(Example(Sets.Train, 4), Example(Of(seed: 7), 4));
        Assert.NotEqual(Example(Sets.Train, 4), Example(Of(seed: 8), 4));
    }

    private static RandomPatternSet Of(ulong seed) => new RandomPatternSet(seed, held: false, 30, Inputs, 5);

    private static double Distance(float[] one, float[] other) => one.Zip(other).Count(pair => pair.First != pair.Second) / (double)Inputs;

    private static float[] Example(IStimulusSet set, int index)
    {
        float[] values = new float[set.InputSize];
        set.CopyInput(index, values);
        return values;
    }
}
