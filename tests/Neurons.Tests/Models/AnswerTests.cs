using Nudge.Models;

namespace Nudge.Neurons.Tests.Models;

public sealed class AnswerTests
{
    [Fact]
    public void The_most_active_unit_is_the_answer() => Assert.Equal(1, Answer.Of([0.1f, 0.7f, 0.2f]));

    [Fact]
    public void Largest_units_that_are_equal_name_no_class()
    {
        Assert.Equal(Curriculum.NoAnswer, Answer.Of([1, 0, 1]));
        Assert.Equal(1, Answer.Of([0.5f, 1, 0.5f]));
    }

    [Fact]
    public void An_output_whose_units_all_tie_at_zero_is_undecided()
    {
        Assert.Equal(Curriculum.NoAnswer, Answer.Of([0, 0, 0]));
        Assert.Equal(Curriculum.NoAnswer, Answer.Of([0, 0.9f * Answer.Tolerance, 0]));
        Assert.Equal(1, Answer.Of([0, 2 * Answer.Tolerance, 0]));
    }

    [Fact]
    public void Large_outputs_are_told_apart_however_close_the_two_largest_are() =>
        Assert.Equal(2, Answer.Of([0, 0.999998f, 0.999999f]));

    [Fact]
    public void An_output_of_one_unit_names_it() => Assert.Equal(0, Answer.Of([0]));

    [Fact]
    public void What_is_not_a_number_is_no_answer() => Assert.Equal(Curriculum.NoAnswer, Answer.Of([float.NaN, float.NaN]));
}
