using Nudge.Models;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.ForwardForward;

public sealed class ForwardForwardCurriculumTests
{
    private const int Classes = 4;
    private const int Phases = 4000;
    private static readonly VectorExamples Examples = SmallLayers.Corners(Classes);

    [Fact]
    public void A_positive_phase_shows_the_right_label_and_leaves_the_rest_of_the_image_alone()
    {
        Curriculum curriculum = Make(NegativeLabels.Wrong);
        float[] values = Show(curriculum, example: 5, phase: 1, positive: true);
        float[] image = new float[3 * Classes];
        Examples.CopyInput(5, image);
        Assert.Equal([0, 0, 7, 0], values[..Classes]);
        Assert.Equal(image[Classes..], values[Classes..]);
    }

    [Fact]
    public void Wrong_labels_are_never_right_and_all_alike()
    {
        int[] counts = Count(Make(NegativeLabels.Wrong));
        Assert.Equal(0, counts[2]);
        Assert.All([counts[0], counts[1], counts[3]], count => Assert.InRange(count, 1220, 1446));
    }

    [Fact]
    public void Permuted_labels_are_right_by_chance() =>
        Assert.All(Count(Make(NegativeLabels.Permuted)), count => Assert.InRange(count, 890, 1110));

    [Fact]
    public void Labels_by_goodness_are_never_right_and_follow_the_softmax_of_goodness()
    {
        Curriculum curriculum = Make(NegativeLabels.ByGoodness);
        Assert.True(curriculum.AsksBefore([false]));
        Assert.False(curriculum.AsksBefore([true]));
        float[] goodness = [1, 2, 9, 0];
        int[] counts = Count(curriculum, goodness);
        Assert.Equal(0, counts[2]);
        double sum = Math.Exp(1) + Math.Exp(2) + 1;
        foreach (int label in (int[])[0, 1, 3])
            Assert.Equal(Math.Exp(goodness[label]) / sum, counts[label] / (double)Phases, 0.04);
    }

    [Fact]
    public void A_question_shows_every_label_and_the_answer_has_the_largest_goodness_of_all_layers_together()
    {
        Curriculum curriculum = Make(NegativeLabels.Wrong);
        curriculum.Show(Examples, _ => 5);
        Assert.Equal(Classes, curriculum.Parts);
        for (int part = 0; part < Classes; part++)
        {
            PhaseProgram program = curriculum.Ask(new(new(0, part + 1), 0, [0]), part, 2);
            Assert.Equal(7, ((StimulusSignal)program.Stimulus).Values.Values[part]);
        }

        Ask(curriculum, [3, 1, 2, 2.5f], [0, 1, 2, 0.6f]);
        Assert.Equal(2, curriculum.AnswerOf(0));
    }

    [Fact]
    public void A_silent_network_names_no_class()
    {
        Curriculum curriculum = Make(NegativeLabels.Wrong);
        curriculum.Show(Examples, _ => 5);
        Ask(curriculum, new float[Classes], new float[Classes]);
        Assert.Equal(-1, curriculum.AnswerOf(0));
    }

    private static Curriculum Make(NegativeLabels negatives)
    {
        NetworkSettings plain = SmallLayers.Settings(3 * Classes, [5, 5], Classes, 1);
        var model = new ForwardForwardSettings { Negatives = negatives, LabelValue = 7 };
        return NetworkCompiler.Compile(plain with { Model = model }, 1).CreateCurriculum(plain.Phases.Length.Mean);
    }

    private static int[] Count(Curriculum curriculum, float[]? goodness = null)
    {
        int[] counts = new int[Classes];
        curriculum.Show(Examples, _ => 5);
        if (goodness is not null)
            Ask(curriculum, goodness, new float[Classes]);
        for (int phase = 1; phase <= Phases; phase++)
            counts[Array.IndexOf(Show(curriculum, 5, phase, positive: false)[..Classes], 7)]++;
        return counts;
    }

    private static float[] Show(Curriculum curriculum, int example, long phase, bool positive)
    {
        curriculum.Show(Examples, _ => example);
        PhaseProgram program = curriculum.Teach(new(new(0, phase), 0, [1]), [positive], [1], 2);
        Assert.Null(program.Target);
        return ((StimulusSignal)program.Stimulus).Values.Values.ToArray();
    }

    private static void Ask(Curriculum curriculum, float[] first, float[] second)
    {
        NetworkPlan network = NetworkCompiler.Compile(SmallLayers.Settings(3 * Classes, [5, 5], Classes, 1), 1);
        curriculum.ForgetAnswers();
        for (int part = 0; part < Classes; part++)
        {
            curriculum.Receive(network.Slices[1], [first[part]]);
            curriculum.Receive(network.Slices[2], [second[part]]);
            curriculum.EndPart(part);
        }
    }
}
