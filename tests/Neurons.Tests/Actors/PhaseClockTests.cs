using CsCheck;
using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>A phase lasts its length on the clock of the slice whose answers count.</summary>
public sealed class PhaseClockTests
{
    private static readonly PhaseNumber Present = new(0, 5);
    private static readonly PhaseNumber Before = new(0, 4);

    [Fact]
    public void It_ends_once_when_its_length_has_passed_in_it_or_in_another_phase() => Gen.Select(
        Gen.Double[0.5, 20], Gen.Select(Gen.Double[0.05, 0.6], Gen.Bool).Array[400]).Sample((length, steps) =>
    {
        var clock = new PhaseClock();
        clock.Begin(new(0, Present, length, EveryStep: false));
        (double within, double missed, int ends) = (0, 0, 0);
        foreach ((double elapsed, bool inside) in steps)
        {
            bool over = Math.Max(within, missed) >= length;
            (within, missed) = (within + (inside ? elapsed : 0), missed + (inside ? 0 : elapsed));
            bool ends1 = clock.Elapse(inside ? Present : Before, elapsed);
            ends += ends1 ? 1 : 0;
            Assert.False(over && ends1);
            bool clearly = Math.Abs(Math.Max(within, missed) - length) > 1e-3;
            Assert.True(!clearly || (ends > 0) == (Math.Max(within, missed) >= length));
        }

        Assert.Equal(1, ends);
        Assert.Equal(Present, clock.Ended);
    });

    [Fact]
    public void A_mark_that_is_repeated_changes_nothing_and_the_next_begins_anew()
    {
        var clock = new PhaseClock();
        Assert.False(clock.Elapse(Before, 100));
        var mark = new PhaseMark(0, Present, 1, EveryStep: true);
        clock.Begin(mark);
        Assert.True(clock.AnswersEveryStep);
        Assert.False(clock.Elapse(Present, 0.6));
        clock.Begin(mark);
        Assert.True(clock.Elapse(Present, 0.6));
        clock.Begin(mark);
        Assert.Equal(Present, clock.Ended);
        clock.Begin(new(0, new(0, 6), 1, EveryStep: false));
        Assert.NotEqual(new PhaseNumber(0, 6), clock.Ended);
        Assert.False(clock.AnswersEveryStep);
        Assert.False(clock.Elapse(new(0, 6), 0.5));
    }
}
