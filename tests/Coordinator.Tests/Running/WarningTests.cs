using System.Text.Json;
using Nudge.Recording;
using Nudge.Running;
using Nudge.State;

namespace Nudge.Coordinator.Tests.Running;

public sealed class WarningTests
{
    private const string NoEffect = "has no effect";

    private static readonly string[] Warned =
    [
        "run", "xor", "--quiet", "--json", "--set", "run.presentations=40", "--set", "run.checkpointEvery=20",
        "--set", "lanes=3", "--set", "links.activity.loss={law: none, rate: 0.5}",
    ];

    [Theory]
    [InlineData("virtual")]
    [InlineData("actors")]
    public async Task A_quiet_run_shows_its_warnings_and_lists_them_in_its_results(string engine)
    {
        using var folder = new TemporaryFolder();

        Ended run = await NudgeProcess.RunAsync(folder.Path, [.. Warned, "--engine", engine, "--out", "out"]);

        Assert.True(run.Code == 0, run.Error);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("warning: ", line));
        Assert.Contains("run.presentations: 40 is not a multiple", run.Error, StringComparison.Ordinal);
        Assert.Contains(NoEffect, run.Error, StringComparison.Ordinal);
        JsonElement[] printed = [.. run.Json.GetProperty("warnings").EnumerateArray()];
        Assert.Equal(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, printed.Length);
        JsonElement rounded = printed.Single(one => one.GetProperty("path").GetString() == "run.presentations");
        Assert.Equal("settings", rounded.GetProperty("topic").GetString());
        Assert.Equal("--set run.presentations=40", rounded.GetProperty("place").GetString());
        Assert.Equal(JsonValueKind.Null, rounded.GetProperty("presentations").ValueKind);
        string file = File.ReadAllText(folder.File("out/run.json"));
        Assert.Equal(
            run.Json.GetProperty("warnings").GetRawText().Length,
            JsonDocument.Parse(file).RootElement.GetProperty("warnings").GetRawText().Length);
    }

    [Fact]
    public async Task A_run_that_goes_on_keeps_the_warnings_of_its_beginning()
    {
        using var folder = new TemporaryFolder();
        Ended first = await NudgeProcess.RunAsync(folder.Path, [.. Warned, "--out", "out"]);

        Ended second = await NudgeProcess.RunAsync(folder.Path, "run", "--resume", "out", "--quiet", "--json");

        Assert.True(second.Code == 0, second.Error);
        // A setting without effect is in the command only, and not in the experiment.yaml of the folder.
        Assert.Contains(NoEffect, second.Error, StringComparison.Ordinal);
        Assert.Equal(
            first.Json.GetProperty("warnings").GetRawText(), second.Json.GetProperty("warnings").GetRawText());
    }

    [Fact]
    public async Task A_measurement_lists_the_warnings_of_its_experiment()
    {
        using var folder = new TemporaryFolder();

        Ended truth = await NudgeProcess.RunAsync(
            folder.Path, "truth", "xor", "--phases", "20", "--json", "--set", "lanes=3", "--set", "run.presentations=40");

        Assert.True(truth.Code == 0, truth.Error);
        Assert.Contains("warning: --set run.presentations=40", truth.Error, StringComparison.Ordinal);
        Assert.Contains(
            truth.Json.GetProperty("warnings").EnumerateArray(), one => one.GetProperty("path").GetString() == "run.presentations");
    }

    [Fact]
    public void Of_warnings_raised_during_a_run_the_first_of_a_topic_and_path_counts()
    {
        var shown = new List<RunWarning>();
        var warnings = new RunWarnings(shown.Add);
        RunWarning first = new("saturation", "populations.hidden", "half of it") { Presentations = 100 };

        warnings.AddAll([first, first with { Message = "most of it", Presentations = 200 }]);
        warnings.Add(first with { Path = "populations.label" });

        Assert.Equal([first, first with { Path = "populations.label" }], warnings.All);
        Assert.Equal(warnings.All, shown);
        Assert.Equal("warning: after 100 stimuli: populations.hidden: half of it", $"{first}");
    }

    [Fact]
    public void The_same_warning_from_another_place_counts_once_and_another_message_by_itself()
    {
        var warnings = new RunWarnings();
        RunWarning first = new(WarningTopics.Settings, "projections", "large") { Place = "a.yaml:1:1" };

        warnings.AddAll([first, first with { Place = "runs/a/experiment.yaml:9:1" }, first with { Message = "wide" }]);

        Assert.Equal([first, first with { Message = "wide" }], warnings.All);
        Assert.Equal("warning: a.yaml:1:1: projections: large", $"{first}");
    }

    [Fact]
    public void A_checkpoint_holds_the_warnings_and_one_without_them_has_none()
    {
        RunWarning[] all =
        [
            new("saturation", "populations.hidden", "half of it") { Presentations = 100 },
            new(WarningTopics.Settings, "", "odd") { Place = "a.yaml:1:1" },
        ];
        SessionState saved = SessionState.Fresh("virtual") with { Warnings = all };

        Assert.Equal(all, Restored(state => saved.Describe(state)).Warnings);
        Assert.Empty(Restored(state =>
        {
            state.Item(1, "virtual");
            state.Item(2, 0L);
            state.Item(3, 0);
            state.Item(4, 0L);
            state.Item(5, 0);
        }).Warnings);
    }

    private static SessionState Restored(Action<StateSection> save)
    {
        using var stream = new MemoryStream();
        StateRoot.Save(stream, "session", save);
        stream.Position = 0;
        SessionState restored = SessionState.Fresh("");
        StateRoot.Restore(stream, "session", state => restored = restored.Describe(state));
        return restored;
    }
}
