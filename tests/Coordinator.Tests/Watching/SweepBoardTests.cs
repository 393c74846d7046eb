using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Recording;
using Nudge.Sweeps;
using Nudge.Watching;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>What a page learns of a sweep, by the program that makes it and by its files.</summary>
public sealed class SweepBoardTests
{
    [Fact]
    public void Runs_that_go_on_count_until_they_are_over_and_each_is_over_once()
    {
        SweepPlan plan = TinySweep.Plan(2, "links.activity.loss.rate=0,0.3");
        var board = new SweepBoard(plan, "folder", [], seesRuns: true);
        board.Advanced(plan.Points[1], 1, 0.5);

        SweepFrame frame = board.Frame();
        Assert.Equal((1, 0, 0.125), (frame.Running, frame.Over, frame.Share));
        Assert.Equal([0, 1], frame.Points.Select(point => point.Running));

        board.Over(Row(1, 1, 0.75));
        board.Over(Row(1, 1, 0.75));
        board.Advanced(plan.Points[1], 1, 1);

        frame = board.Frame();
        Assert.Equal((0, 1, 0.25), (frame.Running, frame.Over, frame.Share));
        Assert.Equal(0.75, frame.Points[1].Mean);
        Assert.Null(frame.Points[1].Low);
    }

    [Fact]
    public void Failed_runs_and_those_with_silent_units_are_told_apart()
    {
        SweepPlan plan = TinySweep.Plan(3, "links.activity.loss.rate=0,0.3");
        var board = new SweepBoard(plan, "folder", [Row(0, 1, 0.5), Row(0, 2, null), Row(0, 3, 0.5) with { Warnings = [new(WarningTopics.Dead, "populations.hidden", "silent")] }], seesRuns: false);

        SweepFrame frame = board.Frame();

        PointFrame point = frame.Points[0];
        Assert.Equal((2, 1, 1), (point.Done, point.Failed, point.Dead));
        Assert.Equal(["", "it diverged", ""], point.Seeds.Select(seed => seed.Message));
        Assert.Equal(["populations.hidden: silent"], point.Seeds[2].Warnings);
        Assert.Null(frame.Running);
        Assert.Equal(1, frame.Failed);
    }

    [Fact]
    public void Nothing_goes_on_in_a_sweep_that_was_stopped()
    {
        SweepPlan plan = TinySweep.Plan(1, "links.activity.loss.rate=0,0.3");
        var board = new SweepBoard(plan, "folder", [], seesRuns: true);
        board.Advanced(plan.Points[0], 1, 0.5);
        long before = board.Changes;

        board.State = "stopped";

        Assert.True(board.Changes > before);
        Assert.Equal((0, 0.0), (board.Frame().Running, board.Frame().Share));
        Assert.Null(board.Frame().SecondsLeft);
    }

    [Fact]
    public async Task A_sweep_is_followed_by_its_files_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("out");
        SweepPlan plan = TinySweep.Plan(1, "links.activity.loss.rate=0,0.3");
        SweepDirectory.Create(plan, path).Dispose();

        var followed = SweepFolder.Open(path);
        Assert.Equal(("stopped", 0), (followed.Board.State, followed.Board.Frame().Over));
        await TinySweep.ResumeAsync(path, 1);
        followed.Look();

        Assert.Equal(("finished", 2), (followed.Board.State, followed.Board.Frame().Over));
        Assert.All(followed.Board.Frame().Points, point => Assert.NotNull(point.Mean));
    }

    private static SweepRow Row(int point, ulong seed, double? accuracy) => new()
    {
        Point = point,
        Seed = seed,
        Status = accuracy is null ? "failed" : "done",
        Metrics = accuracy is double value ? new Dictionary<string, double> { ["accuracy"] = value } : [],
        WallSeconds = 1,
        EventHash = "",
        Message = accuracy is null ? "it diverged" : "",
    };
}
