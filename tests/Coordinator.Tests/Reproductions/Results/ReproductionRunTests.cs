using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Reproductions;
using Nudge.Reproductions.Results;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Reproductions.Results;

public sealed class ReproductionRunTests(ReproductionRunTests.Quick quick) : IClassFixture<ReproductionRunTests.Quick>
{
    private static readonly string[] Files =
        ["results.csv", "summary.json", "table.md", "figure.png", "figure.svg", "curves.png", "curves.svg"];

    private static readonly Dictionary<string, ReferenceValues> References = new()
    {
        ["second"] = new([0.5, 0.75, 0.5], "a table"),
    };

    [Fact]
    public void All_files_are_written_and_every_run_has_its_row()
    {
        Assert.All(Files, file => Assert.True(new FileInfo(Path.Combine(quick.Folder, file)).Length > 100, file));
        string[] rows = File.ReadAllLines(Path.Combine(quick.Folder, "results.csv"));
        Assert.Equal(
            "arm,seed,status,accuracy,undecided,unanswered,chance,accuracySynchronous,symmetry,saturated,dead,updateNorm,"
            + "phaseLag,staleness,learnedPositive,learnedNegative,gated,"
            + "wrongSign,sent,delivered,lost,superseded,events,wallSeconds,eventHash,message",
            rows[0]);
        Assert.Equal(
            ["first,1,done", "second,1,done", "first,2,done", "second,2,done", "first,3,done", "second,3,done"],
            rows.Skip(1).Select(row => string.Join(',', row.Split(',').Take(3))));
        Assert.False(quick.Summary.Interrupted);
        Assert.Equal(TinyReproduction.Definition.Verdicts.Count, quick.Summary.Verdicts.Count);
    }

    [Fact]
    public void The_table_and_the_summary_tell_the_same_numbers()
    {
        string table = File.ReadAllText(Path.Combine(quick.Folder, "table.md"));
        string text = File.ReadAllText(Path.Combine(quick.Folder, "summary.json"));
        JsonElement json = JsonDocument.Parse(text).RootElement;
        foreach ((ArmSummary arm, JsonElement written) in quick.Summary.Arms.Zip(json.GetProperty("arms").EnumerateArray()))
        {
            Assert.Equal(3, written.GetProperty("values").GetArrayLength());
            Assert.Equal(arm.Mean, written.GetProperty("mean").GetDouble());
            string mean = Measure.Accuracy.Text(arm.Mean!.Value);
            Assert.Contains($"| {arm.Name} | 3 | {mean} |", table, StringComparison.Ordinal);
        }

        Assert.Contains("58.3 % (n = 3)", table, StringComparison.Ordinal);
        Assert.Contains("Reference of second: a table.", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Shortened_runs_are_not_judged_and_show_their_numbers()
    {
        Assert.All(quick.Summary.Verdicts, verdict => Assert.Equal("not judged (quick)", verdict.Judgement));
        Assert.All(quick.Summary.Verdicts, verdict => Assert.Contains("n = 3", verdict.Numbers, StringComparison.Ordinal));
        string json = File.ReadAllText(Path.Combine(quick.Folder, "summary.json"));
        string table = File.ReadAllText(Path.Combine(quick.Folder, "table.md"));
        using var printed = new StringWriter();
        ReproductionTable.Print(printed, isTerminal: false, quick.Summary, Measure.Accuracy);
        foreach (string text in new[] { json, table, printed.ToString() })
        {
            Assert.Contains("not judged (quick)", text, StringComparison.Ordinal);
            Assert.DoesNotContain("does not hold", text, StringComparison.Ordinal);
            Assert.DoesNotContain("undecided (", text, StringComparison.Ordinal);
        }

        Assert.Contains("Shortened runs are not judged", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_runs_are_judged()
    {
        using var folder = new TemporaryFolder();
        Reproduction full = TinyReproduction.Definition with
        {
            Arms = [.. TinyReproduction.Definition.Arms.Select(arm => arm with { Overrides = [.. arm.Overrides, .. arm.QuickOverrides] })],
        };

        ReproductionSummary summary = await RunAsync(full, folder.File("out"), quick: false);

        Assert.Equal(["holds", "does not hold"], summary.Verdicts.Take(2).Select(verdict => verdict.Judgement));
        Assert.DoesNotContain("not judged", File.ReadAllText(folder.File("out/table.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_whose_runs_all_end_well_ends_with_0_and_is_not_judged()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(
            folder.Path, "reproduce", "bias-of-b", "--quick", "--seeds", "2", "--quiet", "--json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.True(ended.Json.GetProperty("quick").GetBoolean());
        Assert.All(
            ended.Json.GetProperty("verdicts").EnumerateArray(),
            verdict => Assert.Equal("not judged (quick)", verdict.GetProperty("judgement").GetString()));
    }

    [Fact]
    public async Task Arms_against_theory_have_the_prediction_in_their_rows_in_the_table_and_in_the_figure()
    {
        using var folder = new TemporaryFolder();
        Reproduction all = ReproductionCatalogue.Find("bias-of-length");
        Reproduction one = all with
        {
            Arms = [.. all.Arms.Where(arm => arm is { Series: "geometric", At: 2 or 8 })],
            Verdicts = [],
            Theory = all.Theory! with { Grid = [2, 4, 8] },
        };

        ReproductionSummary summary = await RunAsync(one, folder.File("out"));

        string[] rows = File.ReadAllLines(Path.Combine(folder.File("out"), "results.csv"));
        Assert.StartsWith("arm,seed,status,slope,slopePredicted,phaseBias,phaseBiasPredicted,eigenvalue,", rows[0], StringComparison.Ordinal);
        Assert.Equal(4, rows.Count(row => row.Contains(",done,", StringComparison.Ordinal)));
        Assert.Contains("| predicted |", File.ReadAllText(folder.File("out/table.md")), StringComparison.Ordinal);
        Assert.All(summary.Arms, arm => Assert.Equal(arm.Reference!.Mean, arm.Mean!.Value, 0.3));
        Assert.True(summary.Arms[0].Reference!.Mean > 2 * summary.Arms[1].Reference!.Mean, "longer phases are less biased");
        foreach (string file in new[] { "figure.png", "figure.svg" })
            Assert.True(new FileInfo(folder.File(Path.Combine("out", file))).Length > 1000, file);
    }

    [Fact]
    public async Task A_failed_run_keeps_its_row_and_costs_no_other()
    {
        using var folder = new TemporaryFolder();

        ReproductionSummary summary = await RunAsync(
            TinyReproduction.With(TinyReproduction.Failing), folder.File("out"));

        Assert.Equal(3, summary.Failures.Count);
        Assert.Equal([3, 3, 0], summary.Arms.Select(arm => arm.Runs));
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(folder.File("out"), file)), file));
        Assert.Equal(3, File.ReadLines(Path.Combine(folder.File("out"), "results.csv"))
            .Count(row => row.Contains(",failed,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_stopped_at_once_still_writes_what_there_is()
    {
        using var folder = new TemporaryFolder();

        ReproductionSummary summary = await RunAsync(
            TinyReproduction.Definition, folder.File("out"), cancellation: new CancellationToken(canceled: true));

        Assert.True(summary.Interrupted);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(folder.File("out"), "results.csv")).Length);
        Assert.True(File.Exists(Path.Combine(folder.File("out"), "figure.png")));
        Assert.False(File.Exists(Path.Combine(folder.File("out"), "curves.png")));
    }

    [Fact]
    public async Task One_that_was_killed_goes_on_with_the_runs_that_it_has_and_gives_the_table_of_an_undisturbed_one()
    {
        using var folder = new TemporaryFolder();
        Reproduction reproduction = TinyReproduction.With(TinyReproduction.Failing);
        await RunAsync(reproduction, folder.File("whole"));
        await RunAsync(reproduction, folder.File("killed"));
        string journal = folder.File("killed/runs.jsonl");
        string[] lines = await File.ReadAllLinesAsync(journal);
        Assert.Equal(10, lines.Length);
        await File.WriteAllTextAsync(journal, string.Join('\n', lines[..5]) + "\n" + lines[5][..20]);
        foreach (string file in Directory.GetFiles(folder.File("killed")).Where(file => Path.GetExtension(file) is ".md" or ".csv" or ".png" or ".svg"))
            File.Delete(file);

        ReproductionSummary summary = await RunAsync(reproduction, folder.File("killed"), resume: true);

        Assert.False(summary.Interrupted);
        Assert.True(summary.Quick);
        Assert.Equal(WithoutTimes(folder.File("whole/results.csv")), WithoutTimes(folder.File("killed/results.csv")));
        Assert.Equal(lines[..5], (await File.ReadAllLinesAsync(journal))[..5]);
        Assert.Equal(10, (await File.ReadAllLinesAsync(journal)).Length);
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(folder.File("killed"), file)), file));
        Assert.Equal(await File.ReadAllTextAsync(folder.File("whole/table.md")), await File.ReadAllTextAsync(folder.File("killed/table.md")));
    }

    [Fact]
    public async Task Of_some_arms_only_their_runs_are_made_and_it_goes_on_with_the_same()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("out");
        await RunAsync(TinyReproduction.Definition, output, cancellation: new CancellationToken(canceled: true), arms: "second");

        ReproductionSummary summary = await RunAsync(TinyReproduction.Definition, output, resume: true);

        Assert.False(summary.Interrupted);
        Assert.Equal(3, summary.Seeds);
        Assert.Equal("second", Assert.Single(summary.Arms).Name);
        Assert.Equal(
            ["second,1,done", "second,2,done", "second,3,done"],
            File.ReadLines(folder.File("out/results.csv")).Skip(1).Select(row => string.Join(',', row.Split(',').Take(3))));
        Assert.Equal(["no values", "no values"], summary.Verdicts.Take(2).Select(verdict => verdict.Numbers));
        Assert.Contains("n = 3", summary.Verdicts[2].Numbers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_only_with_the_settings_and_the_version_that_began_it()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("out");
        await RunAsync(TinyReproduction.Definition, output, cancellation: new CancellationToken(canceled: true));
        OutputException other = await Assert.ThrowsAsync<OutputException>(
            () => RunAsync(TinyReproduction.With(TinyReproduction.Failing), output, resume: true));
        Assert.Contains("other settings of its arms", other.Message, StringComparison.Ordinal);

        string file = Path.Combine(output, "reproduction.json");
        string text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\"version\": \"", "\"version\": \"9", StringComparison.Ordinal));
        OutputException version = await Assert.ThrowsAsync<OutputException>(() => RunAsync(TinyReproduction.Definition, output, resume: true));
        Assert.Contains("begun with nudge 9", version.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "{");
        OutputException damaged = await Assert.ThrowsAsync<OutputException>(() => RunAsync(TinyReproduction.Definition, output, resume: true));
        Assert.Contains("reproduction.json: not what a reproduction was asked for", damaged.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text);
        Assert.False((await RunAsync(TinyReproduction.Definition, output, resume: true)).Interrupted);
    }

    [Fact]
    public async Task Settings_that_are_not_valid_are_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        Arm wrong = TinyReproduction.Failing with { Overrides = ["lernen=1"] };

        await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(TinyReproduction.With(wrong), folder.File("out")));

        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Theory]
    [InlineData("phase-lenght", "did you mean phase-length?")]
    [InlineData("phase-length --seeds 0", "--seeds")]
    [InlineData("rbm-bas --arm isdd", "--arm isdd: rbm-bas has no such arm, did you mean isd?; expected cd, isd, geometric, ")]
    [InlineData("phase-length --resume nowhere", "--resume goes on with the reproduction as it was begun")]
    [InlineData("--resume nowhere", "--resume nowhere: expected the folder of a reproduction, with reproduction.json")]
    public async Task What_cannot_be_done_as_asked_ends_with_2(string call, string expected)
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, ["reproduce", .. call.Split(' ')]);

        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Without_a_name_all_are_listed()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, "reproduce");

        Assert.Equal(0, ended.Code);
        Assert.All(
            ReproductionCatalogue.Names,
            name => Assert.Contains($"  {name} ", ended.Output, StringComparison.Ordinal));
    }

    private static string[] WithoutTimes(string table)
    {
        string[] rows = File.ReadAllLines(table);
        int time = Array.IndexOf(rows[0].Split(','), "wallSeconds");
        return [.. rows.Select(row => string.Join(',', row.Split(',').Where((_, column) => column != time)))];
    }

    private static async Task<ReproductionSummary> RunAsync(
        Reproduction reproduction, string output, bool quick = true, bool resume = false, CancellationToken cancellation = default, params string[] arms)
    {
        using IProgressDisplay progress =
            ProgressDisplays.Create(TextWriter.Null, false, quiet: true, TimeProvider.System);
        var request = new ReproduceRequest { Quick = quick, Arms = arms, Workers = 2, Out = resume ? null : output, Resume = resume ? output : null };
        return await ReproductionRun.RunAsync(
            reproduction, References, request, progress, new ReproductionFigures(), cancellation);
    }

    /// <summary>One rehearsal of the tiny reproduction, for all tests that read what it leaves.</summary>
    public sealed class Quick : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        internal string Folder => _folder.File("out");

        internal ReproductionSummary Summary { get; private set; } = null!;

        public async Task InitializeAsync() => Summary = await RunAsync(TinyReproduction.Definition, Folder);

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _folder.Dispose();
    }
}
