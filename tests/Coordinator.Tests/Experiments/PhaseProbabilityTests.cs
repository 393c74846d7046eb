using Nudge.Experiments;
using Nudge.Phases;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class PhaseProbabilityTests
{
    [Fact]
    public void Optimal_is_a_word_for_b_and_is_written_back_as_such()
    {
        ExperimentSettings settings = SmallExperiment.Set("phases.b=optimal").Settings;
        Assert.Equal(PhaseProbability.Optimal, settings.Phases.B);
        string yaml = SettingsWriter.ToYaml(settings, explained: true);
        Assert.Contains("\n  b: optimal\n", yaml, StringComparison.Ordinal);
        Assert.Equal(settings.Phases, SmallExperiment.Load(yaml).Settings.Phases);
        Assert.Equal("optimal", (string?)SettingsWriter.ToJson(settings)["phases"]!["b"]);
    }

    [Fact]
    public void A_number_for_b_is_written_back_as_a_number()
    {
        ExperimentSettings settings = SmallExperiment.Set("phases.b=0.25").Settings;
        Assert.Equal(new PhaseProbability(0.25), settings.Phases.B);
        Assert.Equal(0.25, (double?)SettingsWriter.ToJson(settings)["phases"]!["b"]);
    }

    [Theory]
    [InlineData("phases.b=best", "found best; expected a number greater than 0 and less than 1, or optimal")]
    [InlineData("phases.b=1", "1 is out of range; expected a number greater than 0 and less than 1, or optimal")]
    [InlineData("phases.b=true", "found true; expected a number greater than 0 and less than 1, or optimal")]
    [InlineData("phases.b={}", "found a map; expected a number greater than 0 and less than 1, or optimal")]
    public void Anything_else_for_b_is_refused(string assignment, string message)
    {
        Problem problem = Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.Text, assignment));
        Assert.Equal("phases.b", problem.Path);
        Assert.Equal(message, problem.Message);
    }

    [Theory]
    [InlineData("phases.order=alternating", "only bernoulli phases draw their polarity with a b that may change")]
    [InlineData("learning.rule=paired", "paired does not report what an optimal b is found from; expected a number, or a rule")]
    [InlineData("learning.rule=derivative-isd", "derivative-isd does not report what an optimal b is found from")]
    public void Optimal_is_refused_where_b_has_no_effect_or_nothing_reports_it(string assignment, string message)
    {
        IReadOnlyList<Problem> problems =
            SmallExperiment.ProblemsOf(SmallExperiment.Text, "phases.b=optimal", assignment);
        Assert.Contains(problems, problem =>
            problem.Path == "phases.b" && problem.Message.StartsWith(message, StringComparison.Ordinal));
    }
}
