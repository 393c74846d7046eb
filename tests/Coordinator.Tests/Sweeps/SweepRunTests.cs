using System.Globalization;
using Nudge.Recording;
using Nudge.Sweeps;
using Parquet;
using Parquet.Schema;

namespace Nudge.Coordinator.Tests.Sweeps;

public sealed class SweepRunTests
{
    private const string Words = "learning.rule=isd,differential-isd";
    private const string Loss = "links.activity.loss.rate=0,0.4";

    [Fact]
    public async Task The_table_does_not_depend_on_the_number_of_workers()
    {
        using var folder = new TemporaryFolder();

        await TinySweep.RunAsync(folder.File("one"), TinySweep.Plan(3, Words, Loss), workers: 1);
        await TinySweep.RunAsync(folder.File("four"), TinySweep.Plan(3, Words, Loss), workers: 4);

        IReadOnlyList<string> table = TinySweep.TableWithoutTimes(folder.File("one"));
        Assert.Equal(13, table.Count);
        Assert.Equal(table, TinySweep.TableWithoutTimes(folder.File("four")));
    }

    [Fact]
    public async Task Every_row_has_its_settings_and_all_that_was_measured()
    {
        using var folder = new TemporaryFolder();

        await TinySweep.RunAsync(folder.File("out"), TinySweep.Plan(2, Words, Loss), workers: 2);

        IReadOnlyList<string> table = TinySweep.TableWithoutTimes(folder.File("out"));
        Assert.Equal(
            "learning.rule,links.activity.loss.rate,seed,status,accuracy,accuracySynchronous,chance,undecided,unanswered,saturated,dead,"
            + "updateNorm,symmetry,phaseLag,staleness,"
            + "learnedPositive,learnedNegative,gated,wrongSign,sent,delivered,lost,superseded,events,eventHash,message,warnings",
            table[0]);
        Assert.Equal(
            ["isd,0,1", "isd,0,2", "isd,0.4,1", "isd,0.4,2", "differential-isd,0,1", "differential-isd,0,2",
                "differential-isd,0.4,1", "differential-isd,0.4,2"],
            table.Skip(1).Select(row => string.Join(',', row.Split(',').Take(3))));
        Assert.All(table.Skip(1), row => Assert.DoesNotContain(",,", row.TrimEnd(','), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_until_a_target_have_what_they_needed_and_a_mean_only_where_all_reached_it()
    {
        using var folder = new TemporaryFolder();
        SweepDefinition definition = TinySweep.Definition(3, "learning.rateFactor=1,1e-6") with
        {
            Set = ["run.presentations=4000", "run.evaluateEvery=50", "run.untilAccuracy=0.9"],
        };

        SweepSummary summary = await TinySweep.RunAsync(folder.File("out"), SweepPlan.Make(definition, yes: false), workers: 2);

        Assert.Equal("presentationsToTarget", summary.Metric);
        IReadOnlyList<SweepRow> rows = SweepJournal.Read(Path.Combine(folder.File("out"), SweepFiles.Journal));
        Assert.All(rows, row =>
        {
            Assert.Equal(row.Point == 0 ? 1 : 0, row.Value("reached"));
            Assert.Equal(row.Point == 0, row.Value("presentationsToTarget") is > 0 and < 4000);
            Assert.Equal(row.Point == 0 ? row.Value("sent") : null, row.Value("messagesToTarget"));
        });
        Assert.NotNull(summary.Points[0].Mean);
        Assert.Null(summary.Points[1].Mean);
    }

    [Fact]
    public async Task A_run_that_fails_has_its_row_and_the_others_go_on()
    {
        using var folder = new TemporaryFolder();

        SweepSummary summary = await TinySweep.RunAsync(
            folder.File("out"), TinySweep.Diverging(1), workers: 2);

        Assert.Equal(2, summary.Done);
        Assert.Equal(2, summary.Failed);
        Assert.False(summary.Interrupted);
        string[] failed = [.. TinySweep.TableWithoutTimes(folder.File("out")).Where(row => row.Contains(",failed,"))];
        Assert.Equal(2, failed.Length);
        Assert.All(failed, row => Assert.Contains("not finite", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parquet_reads_back_equal_to_the_table()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("out");
        await TinySweep.RunAsync(output, TinySweep.Diverging(2), workers: 2);

        string[][] csv = [.. File.ReadAllLines(Path.Combine(output, SweepFiles.Csv)).Select(TinySweep.Cells)];
        await using ParquetReader reader = await ParquetReader.CreateAsync(Path.Combine(output, SweepFiles.Parquet));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        DataField[] fields = reader.Schema.GetDataFields();

        Assert.Equal(csv[0], fields.Select(field => field.Name));
        Assert.Equal(typeof(long), fields.Single(field => field.Name == "seed").ClrType);
        Assert.Equal(typeof(double), fields.Single(field => field.Name == "events").ClrType);
        for (int i = 0; i < fields.Length; i++)
            Assert.Equal(csv.Skip(1).Select(row => row[i]), await CellsAsync(group, fields[i], csv.Length - 1));
    }

    [Fact]
    public async Task Warnings_of_settings_are_shown_once_and_kept_in_rows_table_summary_and_kept_runs()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("out");
        SweepPlan plan = TinySweep.Plan(1, "learning.rule=isd,differential-isd", "model.beta=0.2").Keeping();

        SweepSummary summary = await TinySweep.RunAsync(output, plan, workers: 1);

        const string Grows = "the variance of isd grows";
        RunWarning shown = Assert.Single(plan.Warnings, warning => warning.Message.StartsWith(Grows, StringComparison.Ordinal));
        Assert.Equal("model.beta", shown.Path);
        Assert.Contains("at the point", shown.Message, StringComparison.Ordinal);
        Assert.Contains(shown, summary.Warnings);
        Assert.Contains(Grows, summary.ToJson(), StringComparison.Ordinal);
        IReadOnlyList<SweepRow> rows = SweepJournal.Read(Path.Combine(output, SweepFiles.Journal));
        SweepRow row = Assert.Single(rows, row => row.Warnings.Any(one => one.Message.StartsWith(Grows, StringComparison.Ordinal)));
        Assert.Equal(0, row.Point);
        string[] lines = File.ReadAllLines(Path.Combine(output, SweepFiles.Csv));
        Assert.Contains(Grows, TinySweep.Cells(lines[1])[Array.IndexOf(TinySweep.Cells(lines[0]), "warnings")]);
        string run = Directory.GetDirectories(Path.Combine(output, SweepFiles.Runs), "0-*").Single();
        RunSummary kept = RunSummary.Parse(File.ReadAllText(Path.Combine(run, RunFiles.Summary)));
        Assert.Equal(row.Warnings, kept.Warnings);
    }

    [Fact]
    public void A_row_of_a_version_without_warnings_reads_back() => Assert.Empty(SweepRow.TryParse(
        """{"point":0,"seed":1,"status":"done","metrics":{},"wallSeconds":1,"eventHash":"","message":""}""")!.Warnings);

    private static async Task<IEnumerable<string>> CellsAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        if (field.ClrType == typeof(long))
        {
            long[] wholes = new long[rows];
            await group.ReadAsync<long>(field, wholes.AsMemory());
            return wholes.Select(whole => whole.ToString(CultureInfo.InvariantCulture));
        }

        if (field.ClrType != typeof(double))
        {
            string?[] texts = new string?[rows];
            await group.ReadAsync(field, texts.AsMemory());
            Assert.DoesNotContain("", texts);
            return texts.Select(text => text ?? "");
        }

        double?[] numbers = new double?[rows];
        await group.ReadAsync<double>(field, numbers.AsMemory());
        return numbers.Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? "");
    }
}
