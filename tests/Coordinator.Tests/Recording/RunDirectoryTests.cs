using Nudge.Recording;
using Nudge.Testing;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _parent = new();

    private string Root => _parent.File("runs");

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Fresh_directories_are_numbered_from_one()
    {
        using RunDirectory first = RunDirectory.Create("digits", null, Root);
        using RunDirectory second = RunDirectory.Create("digits", null, Root);
        using RunDirectory other = RunDirectory.Create("xor", null, Root);

        Assert.Equal(["digits-1", "digits-2", "xor-1"], new[] { first, second, other }.Select(NameOf));
    }

    [Fact]
    public void The_first_free_number_is_taken()
    {
        Directory.CreateDirectory(Path.Combine(Root, "digits-1"));
        Directory.CreateDirectory(Path.Combine(Root, "digits-3"));

        using RunDirectory fresh = RunDirectory.Create("digits", null, Root);

        Assert.Equal("digits-2", NameOf(fresh));
    }

    [Fact]
    public void Runs_that_begin_at_once_never_share_a_directory()
    {
        const int Runs = 40;
        var made = new RunDirectory[Runs];

        Parallel.For(
            0,
            Runs,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            run =>
            {
                made[run] = RunDirectory.Create("digits", null, Root);
                made[run].WriteText(RunFiles.Experiment, "name: digits");
                // Every other run is over at once, so that its lock is free again while others choose.
                if (run % 2 == 0)
                    made[run].Dispose();
            });

        Assert.Equal(Runs, made.Select(directory => directory.Path).Distinct().Count());
        Array.ForEach(made, directory => directory.Dispose());
    }

    [Fact]
    public void A_folder_made_by_two_belongs_to_the_first()
    {
        using FolderLock? first = FolderClaim.TryClaim(_parent.Path);

        Assert.NotNull(first);
        Assert.Null(FolderClaim.TryClaim(_parent.Path));
    }

    [Fact]
    public void A_folder_whose_first_run_is_over_already_is_not_claimed_again()
    {
        File.WriteAllText(_parent.File(RunFiles.Experiment), "name: digits");

        Assert.Null(FolderClaim.TryClaim(_parent.Path));
        Assert.Equal(RunFiles.Experiment, Path.GetFileName(Assert.Single(Directory.GetFiles(_parent.Path))));
    }

    [Fact]
    public void A_name_that_is_no_file_name_stays_inside_the_root()
    {
        using RunDirectory fresh = RunDirectory.Create("../a b", null, Root);

        Assert.Equal("..-a-b-1", NameOf(fresh));
        Assert.Equal(Path.GetFullPath(Root), Path.GetDirectoryName(fresh.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_out_that_exists_is_bad_input_and_nothing_is_written(bool folder)
    {
        string asked = _parent.File("taken");
        if (folder)
            Directory.CreateDirectory(asked);
        else
            File.WriteAllText(asked, "mine");

        var error = Assert.Throws<OutputException>(() => RunDirectory.Create("digits", asked, Root));

        Assert.Equal(2, error.ExitCode);
        Assert.Contains(asked, error.Message, StringComparison.Ordinal);
        Assert.Empty(folder ? Directory.GetFileSystemEntries(asked) : []);
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void An_out_below_a_file_is_bad_input()
    {
        File.WriteAllText(_parent.File("file"), "");

        string asked = _parent.File("file/out");

        var error = Assert.Throws<OutputException>(() => RunDirectory.Create("digits", asked, Root));

        Assert.Equal(2, error.ExitCode);
    }

    [SkippableFact]
    public void An_out_below_a_folder_that_cannot_be_written_is_bad_input()
    {
        // Not even root can write there, so that the test holds for every user.
        Skip.IfNot(Directory.Exists("/proc/self"), "there is no /proc here");

        var error = Assert.Throws<OutputException>(() => RunDirectory.Create("digits", "/proc/self/out", Root));

        Assert.Equal(2, error.ExitCode);
    }

    [Fact]
    public void A_root_that_is_a_file_is_bad_input()
    {
        File.WriteAllText(Root, "");

        Assert.Equal(2, Assert.Throws<OutputException>(() => RunDirectory.Create("digits", null, Root)).ExitCode);
    }

    [Fact]
    public void A_finished_run_can_be_opened_again()
    {
        string asked = _parent.File("out");
        using (RunDirectory run = RunDirectory.Create("digits", asked, Root))
            run.WriteText(RunFiles.Experiment, "name: digits\n");

        using RunDirectory opened = RunDirectory.Open(asked);

        Assert.Equal("name: digits\n", File.ReadAllText(opened.FilePath(RunFiles.Experiment)));
    }

    [Fact]
    public void A_run_that_goes_on_cannot_be_opened()
    {
        using RunDirectory run = RunDirectory.Create("digits", null, Root);
        run.WriteText(RunFiles.Experiment, "name: digits\n");

        Assert.Equal(2, Assert.Throws<OutputException>(() => RunDirectory.Open(run.Path)).ExitCode);
    }

    [Fact]
    public void A_folder_that_is_no_run_cannot_be_opened()
    {
        Assert.Equal(2, Assert.Throws<OutputException>(() => RunDirectory.Open(_parent.Path)).ExitCode);
        Assert.Equal(2, Assert.Throws<OutputException>(() => RunDirectory.Open(_parent.File("gone"))).ExitCode);
    }

    [Fact]
    public void A_file_that_fails_half_way_leaves_the_one_before_and_fails_the_run()
    {
        using RunDirectory run = RunDirectory.Create("digits", null, Root);
        run.WriteText(RunFiles.Summary, "before");

        var error = Assert.Throws<OutputException>(() => run.Write(RunFiles.Summary, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal(1, error.ExitCode);
        Assert.Equal("before", File.ReadAllText(run.FilePath(RunFiles.Summary)));
        Assert.Equal([".lock", RunFiles.Summary], Directory.GetFiles(run.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Nothing_but_results_is_left_when_a_run_is_over()
    {
        string path;
        using (RunDirectory run = RunDirectory.Create("digits", null, Root))
        {
            path = run.Path;
            run.WriteText(RunFiles.Summary, "{}");
        }

        Assert.Equal(RunFiles.Summary, Path.GetFileName(Assert.Single(Directory.GetFiles(path))));
    }

    private static string NameOf(RunDirectory directory) => Path.GetFileName(directory.Path);
}
