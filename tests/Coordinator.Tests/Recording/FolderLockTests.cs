using System.Globalization;
using Nudge.Coordinator.Tests.Running;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class FolderLockTests : IDisposable
{
    private const string NoSystemLocks = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";
    private readonly TemporaryFolder _folder = new();

    private string LockFile => _folder.File(FolderLock.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_lock_goes_with_its_holder()
    {
        FolderLock.Take(_folder.Path).Dispose();
        using FolderLock next = FolderLock.Take(_folder.Path);
        Assert.Null(next.TookOver);
        Assert.Null(FolderLock.TryMake(_folder.Path));
    }

    [Fact]
    public void The_lock_of_a_process_that_has_ended_is_taken_over_with_a_word()
    {
        // No system gives a process this number.
        Leave(LockOwner.This with { Process = int.MaxValue });
        using FolderLock taken = FolderLock.Take(_folder.Path);
        Assert.Contains($"process {int.MaxValue}", taken.TookOver, StringComparison.Ordinal);
        Assert.Equal(LockOwner.This, LockOwner.Read(LockFile));
    }

    [Fact]
    public void A_process_of_the_same_number_that_started_later_is_another_one()
    {
        Leave(LockOwner.This with { Started = LockOwner.This.Started.AddHours(-1) });
        using FolderLock taken = FolderLock.Take(_folder.Path);
        Assert.NotNull(taken.TookOver);
    }

    [Fact]
    public void The_lock_of_another_machine_is_refused_with_what_to_do()
    {
        Leave(LockOwner.This with { Host = "elsewhere" });
        OutputException error = Assert.Throws<OutputException>(() => FolderLock.Take(_folder.Path));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("on elsewhere", error.Message, StringComparison.Ordinal);
        Assert.Contains($"remove {LockFile}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host\n12\nyesterday\n")]
    public void A_lock_without_an_owner_is_refused(string text)
    {
        File.WriteAllText(LockFile, text);
        Assert.Contains(
            "an unknown process", Assert.Throws<OutputException>(() => FolderLock.Take(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(LockFile));
    }

    [Fact]
    public async Task One_of_many_takes_over()
    {
        Leave(LockOwner.This with { Process = int.MaxValue });
        FolderLock?[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TryTake)));
        FolderLock only = Assert.Single(taken.OfType<FolderLock>());
        only.Dispose();
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_run_is_resumed_once_also_where_the_file_system_knows_no_locks()
    {
        using var first = NudgeProcess.StartWith(
            NoSystemLocks, "1", _folder.Path, "run", "xor", "--quiet", "--set", "phases.length.mean=1000000", "--out", "run");
        await first.UntilFileAsync(_folder.File("run"), "metrics.csv");
        Ended second = await NudgeProcess.RunWithAsync(NoSystemLocks, "1", _folder.Path, "run", "--resume", "run");
        Assert.Equal(2, second.Code);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"in use by process {first.Number}"), second.Error, StringComparison.Ordinal);
        first.Signal("KILL");
        await first.EndAsync();
        Ended third = await NudgeProcess.RunAsync(_folder.Path, "run", "--resume", "run");
        Assert.Equal(2, third.Code);
        Assert.Contains("ended without removing its lock", third.Error, StringComparison.Ordinal);
        Assert.Contains("no complete checkpoint", third.Error, StringComparison.Ordinal);
    }

    private FolderLock? TryTake()
    {
        try
        {
            return FolderLock.Take(_folder.Path);
        }
        catch (OutputException)
        {
            return null;
        }
    }

    private void Leave(LockOwner owner) => File.WriteAllText(LockFile, owner.ToLine());
}
