using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Settings where earlier versions had them mean the same, and a warning shows how to write them now.</summary>
public sealed class MovedSettingsTests
{
    private const string Machine = """
        format: 1
        name: machine
        data: {set: bars-and-stripes-32}
        populations:
          visible: {role: input, size: 16}
          hidden: {role: hidden, size: 6}
        projections:
          both: {from: visible, to: hidden, bidirectional: true}
        model: {kind: boltzmann-machine}
        learning: {rule: isd}
        phases: {perStimulus: 1, length: {law: geometric, floor: 0, mean: 5}}

        """;

    private const string Write = "; write ";

    [Theory]
    [InlineData("timing", "continuous", "learning.rule.timing", "learning: {rule: {kind: isd, timing: continuous}}")]
    [InlineData("centring", "0.01", "learning.rule.centring", "learning: {rule: {kind: isd, centring: 0.01}}")]
    [InlineData(
        "sparsity",
        "{cost: 0.1, target: 0.2}",
        "learning.rule.sparsity",
        "learning: {rule: {kind: isd, sparsity: {cost: 0.1, target: 0.2}}}")]
    [InlineData("statistic", "probability", "model.statistic", "model: {kind: boltzmann-machine, statistic: probability}")]
    public void A_setting_of_a_machine_means_the_same_in_its_old_place(string key, string value, string path, string shown) =>
        AssertMoved(Machine, key, value, path, shown);

    [Theory]
    [InlineData("timing", "continuous", "learning.rule.timing", "learning: {rule: {kind: isd, timing: continuous}}")]
    [InlineData("baseline", "dendritic", "learning.rule.baseline", "learning: {rule: {kind: isd, baseline: dendritic}}")]
    public void So_does_one_of_leaky_units(string key, string value, string path, string shown) => AssertMoved(
        SmallExperiment.With("rule: differential-isd", "rule: isd"), key, value, path, shown);

    [Fact]
    public void Several_move_together_and_beside_settings_in_their_new_place()
    {
        string old = Machine.Replace(
            "learning: {rule: isd}",
            "learning: {rule: {kind: isd, centring: 0.01}, timing: continuous, statistic: probability}",
            StringComparison.Ordinal);

        LoadedExperiment loaded = SmallExperiment.Load(old);

        AssertSame(
            SmallExperiment.Load(
                Machine,
                "learning.rule={kind: isd, timing: continuous, centring: 0.01}",
                "model={kind: boltzmann-machine, statistic: probability}"),
            loaded);
        Assert.Equal(["learning.timing", "learning.statistic"], loaded.Warnings.Select(warning => warning.Path));
    }

    [Fact]
    public void An_assignment_to_an_old_place_moves_as_well()
    {
        LoadedExperiment loaded = SmallExperiment.Load(Machine, "learning.timing=continuous");

        AssertSame(SmallExperiment.Load(Machine, "learning.rule.timing=continuous"), loaded);
        Assert.Equal("--set learning.timing=continuous", Assert.Single(loaded.Warnings).Place);
    }

    [Fact]
    public void A_wrong_value_in_an_old_place_is_refused_where_it_stands()
    {
        string old = Machine.Replace("{rule: isd}", "{rule: isd, timing: sometimes}", StringComparison.Ordinal);

        Problem problem = Assert.Single(SmallExperiment.ProblemsOf(old));

        Assert.StartsWith(
            "small.yaml:10:31: learning.rule.timing: unknown word sometimes; expected phase-end or continuous",
            problem.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_which_an_earlier_version_wrote_every_default_still_loads()
    {
        string old = SmallExperiment.With(
                "{rule: differential-isd}",
                "{rule: differential-isd, timing: phase-end, baseline: none, centring: 0, "
                    + "sparsity: {target: 0.1, cost: 0, memory: 0.01}, statistic: sample}")
            .Replace(
                "name: small",
                "name: small\nmodel: {kind: contrastive-hebbian, beta: 1, inverseTemperature: 1, threshold: 2}",
                StringComparison.Ordinal);

        LoadedExperiment loaded = SmallExperiment.Load(old);

        AssertSame(SmallExperiment.Set("model=contrastive-hebbian"), loaded);
        Assert.Contains(loaded.Warnings, warning => warning.Message.StartsWith(
            "has no effect: kind contrastive-hebbian has no setting threshold, which belongs to forward-forward",
            StringComparison.Ordinal));
        Assert.All(
            loaded.Warnings,
            warning => Assert.Matches("^(is now|has no effect)", warning.Message));
    }

    private static void AssertMoved(string text, string key, string value, string path, string shown)
    {
        string line = text.Split('\n').Single(one => one.StartsWith("learning:", StringComparison.Ordinal));
        string old = text.Replace(line, $"{line[..^1]}, {key}: {value}}}", StringComparison.Ordinal);

        LoadedExperiment loaded = SmallExperiment.Load(old);

        Problem warning = loaded.Warnings.Single(one => one.Path == $"learning.{key}");
        Assert.Equal($"is now {path}{Write}{shown}", warning.Message);
        Assert.Matches(@"^small\.yaml:\d+:23$", warning.Place);
        string section = shown.Split(':')[0];
        string[] others = [.. text.Split('\n').Where(one => !one.StartsWith($"{section}:", StringComparison.Ordinal))];
        LoadedExperiment now = SmallExperiment.Load($"{string.Join('\n', others)}\n{shown}\n");
        Assert.DoesNotContain(now.Warnings, one => one.Message.Contains(Write, StringComparison.Ordinal));
        AssertSame(now, loaded);
        Assert.NotEqual(Json(SmallExperiment.Load(text)), Json(loaded));
    }

    private static void AssertSame(LoadedExperiment expected, LoadedExperiment actual) =>
        Assert.Equal(Json(expected), Json(actual));

    private static string Json(LoadedExperiment experiment) => SettingsWriter.ToJson(experiment.Settings).ToJsonString();
}
