using Nudge.Commands;
using Nudge.Coordinator.Tests.Stimuli;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>A run goes on with the settings and the data that it was begun with, or is refused.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("virtual", "seed: 1", "seed: 3", "seed", "3, and the run was begun with 1")]
    [InlineData("virtual", "presentations: 60", "presentations: 80", "run.presentations", "or --presentations 80")]
    [InlineData("actors", "lanes: 1", "lanes: 2", "lanes", "2, and the run was begun with 1")]
    [InlineData("actors", "lag: 1", "lag: 2", "engine.lag", "2, and the run was begun with 1")]
    public async Task An_edited_setting_is_refused_with_its_place_and_both_values(
        string engine, string before, string after, string path, string expected)
    {
        // Actors run on between two looks at them: a short run has ended before it is time to save.
        await BeginAsync(engine, engine == "actors" ? ["run.presentations=3000"] : []);
        string file = Path.Combine(Out, RunFiles.Experiment);
        string text = File.ReadAllText(file);
        int line = text[..text.IndexOf(before, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        File.WriteAllText(file, text.Replace(before, after, StringComparison.Ordinal));

        ExperimentException error = await Assert.ThrowsAsync<ExperimentException>(() => ResumeAsync(new()));

        Problem problem = Assert.Single(error.Problems);
        Assert.Equal(path, problem.Path);
        Assert.StartsWith($"{file}:{line}:", problem.Place, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_no_result_depends_on_change_freely_and_are_recorded()
    {
        await BeginAsync("virtual");
        RunSummary first = Summary();

        Assert.Equal(0, await ResumeAsync(new() { Overrides = ["run.checkpointEvery=10", "engine.lag=2"] }));

        RunSummary second = Summary();
        Assert.Equal(first.WeightsHash, second.WeightsHash);
        Assert.Equal(["engine.lag", "run.checkpointEvery"], second.Changes.Select(change => change.Path).Order());
        Assert.Contains("checkpointEvery: 10", File.ReadAllText(Path.Combine(Out, RunFiles.Experiment)));
    }

    [Fact]
    public async Task A_run_is_made_longer_by_an_option_and_records_when_and_stays_so_at_the_next_resume()
    {
        await BeginAsync("virtual");

        Assert.Equal(0, await ResumeAsync(new() { Presentations = 100 }));

        RunSummary longer = Summary();
        Assert.Equal(100, longer.Presentations);
        SettingChange change = Assert.Single(longer.Changes);
        Assert.Equal(("run.presentations", "60", "100"), (change.Path, change.Before, change.After));
        Assert.Equal(longer.ResumedFrom, change.Presentations);
        Assert.Equal(0, await ResumeAsync(new()));
        Assert.Equal(longer.Changes, Summary().Changes);
        Assert.Equal(longer.WeightsHash, Summary().WeightsHash);
    }

    [Fact]
    public async Task A_run_cannot_be_made_shorter_than_it_is()
    {
        await BeginAsync("virtual");

        OutputException error = await Assert.ThrowsAsync<OutputException>(() => ResumeAsync(new() { Presentations = 10 }));

        Assert.Equal(2, error.ExitCode);
        Assert.Contains("--presentations 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_that_falls_over_the_length_of_the_run_draws_a_warning_when_the_length_changes()
    {
        await BeginAsync("virtual", "projections.image-hidden.schedule=linear");

        await ResumeAsync(new() { Presentations = 100 });

        Assert.Contains(Summary().Warnings, warning => warning.Path == "projections.image-hidden.schedule");
    }

    [Theory]
    [InlineData("train", "training examples")]
    [InlineData("t10k", "held-out examples")]
    public async Task Changed_data_are_refused_and_the_part_that_differs_is_named(string part, string expected)
    {
        await BeginAsync("virtual");
        IdxWriter.Damage(Path.Combine(Data, $"{part}-images-idx3-ubyte"));

        OutputException error = await Assert.ThrowsAsync<OutputException>(() => ResumeAsync(new()));

        Assert.Equal(2, error.ExitCode);
        Assert.Contains($"{expected}: 12 with SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Message.Split("with SHA-256").Length - 1);
    }

    [Fact]
    public async Task The_same_data_elsewhere_are_accepted()
    {
        await BeginAsync("virtual");
        Directory.Move(Data, _folder.File("moved"));

        Assert.Equal(0, await ResumeAsync(new() { Data = new(_folder.File("moved"), null) }));

        Assert.Equal(_folder.File("moved"), Summary().Data!.Path);
    }

    [Fact]
    public async Task Results_name_what_was_read()
    {
        await BeginAsync("virtual");

        DataSummary data = Summary().Data!;

        Assert.Equal(("idx", Data, 16, 3), (data.Set, data.Path, data.Inputs, data.Classes));
        Assert.Equal(["5", "6", "9"], data.Labels);
        Assert.Equal((12, 12, 64), (data.Train.Examples, data.Train.Hashed, data.Train.Sha256.Length));
    }

    [Fact]
    public async Task A_relative_folder_is_found_again_from_another_folder()
    {
        IdxWriter.WriteSet(Data, [5, 6, 9]);
        File.WriteAllText(_folder.File("own.yaml"), Experiment());
        Ended first = await NudgeProcess.RunAsync(_folder.Path, "run", "own.yaml", "--quiet", "--json", "--data", "data", "--out", "out");
        Assert.True(first.Code == 0, first.Error);
        string elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;

        Ended second = await NudgeProcess.RunAsync(elsewhere, "run", "--resume", "../out", "--quiet", "--json");

        Assert.True(second.Code == 0, second.Error);
        Assert.Equal(Data, second.Json.GetProperty("data").GetProperty("path").GetString());
        Ended refused = await NudgeProcess.RunAsync(elsewhere, "run", "--resume", "../out", "--set", "seed=3");
        Assert.Equal(2, refused.Code);
        Assert.Contains("--set seed=3: seed: 3, and the run was begun with 1", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_does_not_fit_the_classes_is_refused_with_its_place()
    {
        ExperimentException error = await Assert.ThrowsAsync<ExperimentException>(
            () => BeginAsync("virtual", "populations.label.size=10"));

        Problem problem = Assert.Single(error.Problems);
        Assert.Equal(("--set populations.label.size=10", "populations.label.size"), (problem.Place, problem.Path));
        Assert.EndsWith("expected 3, the number of classes with the labels 5, 6, 9", problem.Message, StringComparison.Ordinal);
    }

    private Task<int> BeginAsync(string engine, params string[] overrides)
    {
        IdxWriter.WriteSet(Data, [5, 6, 9, 5, 6, 9, 5, 6, 9, 5, 6, 9]);
        File.WriteAllText(_folder.File("own.yaml"), Experiment());
        return RunCommand.ExecuteAsync(
            new()
            {
                File = _folder.File("own.yaml"),
                Engine = engine,
                Overrides = overrides,
                Out = Out,
                Data = new(Data, null),
                Quiet = true,
            },
            CancellationToken.None);
    }

    private Task<int> ResumeAsync(RunRequest request) =>
        RunCommand.ExecuteAsync(request with { Resume = Out, Quiet = true }, CancellationToken.None);

    private RunSummary Summary() => RunSummary.Parse(File.ReadAllText(Path.Combine(Out, RunFiles.Summary)));

    private static string Experiment() => """
        format: 1
        name: own
        data: {set: idx}
        populations:
          image: {role: input, size: 16}
          hidden: {role: hidden, size: 4}
          label: {role: output, size: 3}
        projections:
          image-hidden: {from: image, to: hidden}
          hidden-label: {from: hidden, to: label, bidirectional: true}
        learning: {rule: differential-isd}
        run: {presentations: 60, evaluateEvery: 0, checkpointEvery: 20}

        """;
}
