using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Delays against the length of phases, by the needs of each model.</summary>
public sealed class DelayAdviceTests
{
    private const string Phases = "phases.length.mean";
    private const string Questions = "run.evaluateLength";

    [Theory]
    [InlineData("rbm-bas", "links.activity.delay={law: constant, mean: 40}", "links.activity.delay.mean")]
    [InlineData("rbm-bas", "links.activity.delay={law: constant, mean: 8}", "links.activity.delay.mean")]
    [InlineData("rbm-bas", "links.overrides.visible-hidden.backward.delay={law: gamma, mean: 8}", "links.overrides.visible-hidden.backward.delay.mean")]
    [InlineData("ff-mnist", "links.activity.delay={law: constant, mean: 5}", Questions)]
    [InlineData("ff-mnist", "links.overrides.lower-upper.delay={law: constant, mean: 5}", Questions)]
    [InlineData("pc-mnist", "links.activity.delay={law: exponential, mean: 8}", "links.activity.delay.mean")]
    [InlineData("xor", "links.control.delay={law: constant, mean: 20}", "links.control.delay.mean")]
    [InlineData("ff-mnist", "links.control.delay={law: constant, mean: 2}", "links.control.delay.mean")]
    public void Delays_that_do_not_fit_the_phases_draw_a_warning(string experiment, string delay, string path) =>
        Assert.Contains(path, Warned(experiment, delay));

    [Theory]
    [InlineData("xor", 30)]
    [InlineData("xor", 0.5)]
    [InlineData("rbm-bas", 30)]
    [InlineData("ff-mnist", 30)]
    public void So_do_broadcast_tags_that_come_late(string experiment, double mean) => Assert.Contains(
        "links.phase.delay.mean",
        Warned(experiment, "learning.tags=broadcast", $"links.phase.delay={{law: constant, mean: {mean}}}"));

    [Theory]
    [InlineData("links.phase.delay={law: constant, mean: 30}")]
    [InlineData("learning.tags=broadcast", "links.phase.delay={law: constant, mean: 0.25}")]
    [InlineData("learning.tags=broadcast", "links.phase.delay={law: constant, mean: 1}", "links.control.delay={law: constant, mean: 1}")]
    [InlineData("links.control.delay={law: constant, mean: 3}")]
    [InlineData("links.activity.delay={law: pareto, mean: 0.5, shape: 1.2}")]
    public void Delays_that_fit_and_tags_that_are_not_sent_draw_none(params string[] settings) =>
        Assert.Empty(Warned("xor", settings));

    // Accuracy with these delays was 0 % in questions of one step less, and 100 % in these.
    [Theory]
    [InlineData(0.5, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 6)]
    [InlineData(3, 8)]
    [InlineData(5, 12)]
    public void An_answer_of_two_layers_takes_their_delays_in_whole_steps_and_a_step_each(double delay, double needed)
    {
        string link = $"links.activity.delay={{law: constant, mean: {delay}}}";
        Assert.Contains(Questions, Warned("ff-bars", link, $"{Phases}={needed - 1}"));
        Assert.Empty(Warned("ff-bars", link, $"{Phases}={needed}"));
        Assert.Empty(Warned("ff-bars", link, $"{Phases}=3", $"{Questions}={needed}"));
    }

    [Fact]
    public void What_is_rarely_late_is_told_by_its_share_and_not_by_its_mean()
    {
        const string Length = "phases.length={law: fixed, mean: 8}";
        Assert.DoesNotContain(Questions, Warned("xor", "links.activity.delay={law: pareto, mean: 3, shape: 1.05}", Length));
        Assert.Contains(Questions, Warned("xor", "links.activity.delay={law: exponential, mean: 3}", Length));
    }

    [Theory]
    [InlineData("links.control.delay={law: constant, mean: 20}")]
    [InlineData("links.phase.delay={law: constant, mean: 20}")]
    public void A_machine_that_is_never_asked_draws_none_for_late_stimuli(string delay) => Assert.Empty(Warned("rbm-bas", delay));

    private static string[] Warned(string experiment, params string[] settings) =>
        [.. ExperimentFile.Load(experiment, settings, null).Warnings.Select(warning => warning.Path)];
}
