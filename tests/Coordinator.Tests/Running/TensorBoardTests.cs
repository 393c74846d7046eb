using System.Globalization;
using System.Text;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>What TensorBoard finds in the folder of a run.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunDirectory _run;

    public TensorBoardTests() => _run = RunDirectory.Create("digits", _folder.File("out"));

    private string Board => _run.FilePath(RunFiles.TensorBoard);

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_reader_of_these_tests_computes_the_published_check() =>
        Assert.Equal(0xe3069283u, EventFileReader.Crc(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Samples_and_readings_are_scalars_with_step_and_wall_time_as_soon_as_they_are_made()
    {
        using TensorBoardLog log = TensorBoardLog.Begin(_run, SessionState.Fresh("virtual"), TimeProvider.System);
        log.Read(new(0, 0.5, null, 0.25, null, 1.5, null, null, null));
        log.Sampled(SampleRun.Rows[0] with { Energy = -3.5, UpdateNorm = 0.125 });
        log.Sampled(SampleRun.Rows[24]);

        IReadOnlyList<BoardEvent> events = ReadBoard();

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([0, 0, 80, 2000], events.Select(one => one.Step));
        Assert.Equal(0.5f, events[1].Scalars["truth/cosine"]);
        Assert.Equal(1.5f, events[1].Scalars["truth/slope"]);
        Assert.Equal(-3.5f, events[2].Scalars["network/energy"]);
        Assert.Equal(0.125f, events[2].Scalars["updates/norm"]);
        Assert.Equal(12f / 490, events[2].Scalars["updates/gated-share"]);
        Assert.DoesNotContain("accuracy/held-out", events[2].Scalars.Keys);
        Assert.Equal(0.78f, events[3].Scalars["accuracy/held-out"]);
        Assert.Equal((float)SampleRun.Rows[24].RunningAccuracy, events[3].Scalars["accuracy/training"]);
        Assert.Equal(24 * 0.075, events[3].Wall - events[2].Wall, 0.001);
        Assert.InRange(events[0].Wall, 1.7e9, 1e11);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 7)]
    [InlineData(10, 0)]
    [InlineData(0, 10)]
    public void A_run_that_goes_on_appends_a_file_and_repeats_no_point(int written, int known)
    {
        var fresh = SessionState.Fresh("virtual");
        if (written > 0)
        {
            using TensorBoardLog first = TensorBoardLog.Begin(_run, fresh, TimeProvider.System);
            SampleRun.Rows.Take(written).ToList().ForEach(first.Sampled);
            first.Read(new(0, 0.5, null, 0.25, null, 1.5, null, null, null));
            first.Read(new(800, 0.5, null, 0.25, null, 1.5, null, null, null));
        }

        SessionState state = fresh with { Rows = known, TruthRows = 1, ResumedFrom = 80 * known };
        using (TensorBoardLog second = TensorBoardLog.Begin(_run, state, TimeProvider.System))
        {
            SampleRun.Rows.Take(20).ToList().ForEach(second.Sampled);
            second.Read(new(0, 0.5, null, 0.25, null, 1.5, null, null, null));
            second.Read(new(800, 0.6, null, 0.25, null, 1.5, null, null, null));
        }

        BoardEvent[] samples = [.. ReadBoard().Where(one => one.Scalars.ContainsKey("accuracy/training"))];
        Assert.Equal(SampleRun.Rows.Take(20).Select(row => row.Presentations), samples.Select(one => one.Step));
        Assert.Equal([0, 800], ReadBoard().Where(one => one.Scalars.ContainsKey("truth/slope")).Select(one => one.Step));
        Assert.Equal(written > 0 ? 1 : 0, ReadBoard().Count(one => one.Starts && one.Step == (80 * known) + 1));
        Assert.Equal(written > 0 ? 2 : 1, Directory.GetFiles(Board, "events.out.tfevents.*").Length);
    }

    [Fact]
    public void A_record_that_a_kill_tore_is_removed_when_the_run_goes_on()
    {
        using (TensorBoardLog first = TensorBoardLog.Begin(_run, SessionState.Fresh("virtual"), TimeProvider.System))
            SampleRun.Rows.Take(3).ToList().ForEach(first.Sampled);
        string file = Assert.Single(Directory.GetFiles(Board));
        using (FileStream torn = File.OpenWrite(file))
            torn.SetLength(torn.Length - 5);

        SessionState state = SessionState.Fresh("virtual") with { Rows = 3, ResumedFrom = 240 };
        using (TensorBoardLog second = TensorBoardLog.Begin(_run, state, TimeProvider.System))
            SampleRun.Rows.Take(4).ToList().ForEach(second.Sampled);

        Assert.Equal([80, 160, 240, 320], ReadBoard().Where(one => one.Scalars.Count > 0).Select(one => one.Step));
    }

    [Fact]
    public async Task A_run_writes_them_on_request_and_its_table_row_by_row_while_it_goes_on()
    {
        string[] settings =
            ["--set", "run.presentations=15000", "--set", "data.train=200", "--set", "data.test=50", "--set", "run.checkpointEvery=400"];
        using (NudgeProcess process = NudgeProcess.Start(
            _folder.Path, ["run", "digits", "--quiet", "--tensorboard", .. settings, "--out", "live"]))
        {
            string table = _folder.File(Path.Combine("live", RunFiles.Metrics));
            await process.UntilAsync(() => File.Exists(table) && MetricsFile.Read(table).Count >= 3);
            // The run has most of its way to go, and its rows and events are there for readers.
            Assert.True(MetricsFile.Read(table)[^1].Presentations < 11_000);
            await process.UntilAsync(() => Samples("live").Length >= 3);
            process.Signal("INT");
            Assert.Equal(130, (await process.EndAsync()).Code);
        }

        Ended resumed = await NudgeProcess.RunAsync(
            _folder.Path, "run", "--resume", "live", "--quiet", "--tensorboard", "--set", "run.checkpointEvery=100000");
        Assert.True(resumed.Code == 0, resumed.Error);
        IReadOnlyList<MetricsRow> rows = MetricsFile.Read(_folder.File(Path.Combine("live", RunFiles.Metrics)));
        BoardEvent[] samples = Samples("live");
        Assert.Equal(rows.Select(row => row.Presentations), samples.Select(one => one.Step));
        Assert.Equal(
            rows.Select(row => row.Energy is double energy ? ((float)energy).ToString(CultureInfo.InvariantCulture) : ""),
            samples.Select(one => one.Scalars.TryGetValue("network/energy", out float energy) ? energy.ToString(CultureInfo.InvariantCulture) : ""));
    }

    private BoardEvent[] Samples(string run)
    {
        string folder = _folder.File(Path.Combine(run, RunFiles.TensorBoard));
        return Directory.Exists(folder)
            ? [.. EventFileReader.ReadFolder(folder).Where(one => one.Scalars.ContainsKey("schedule/b"))]
            : [];
    }

    private IReadOnlyList<BoardEvent> ReadBoard() => EventFileReader.ReadFolder(Board);
}
