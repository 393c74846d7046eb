using System.Diagnostics;
using Nudge.Checkpoints;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Checkpoints;

public sealed class FullDiskTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(28)]
    [InlineData(60)]
    [InlineData(100)]
    public void A_disk_that_fills_up_during_a_save_leaves_the_checkpoint_before(int room)
    {
        using var directory = new TemporaryDirectory();
        CheckpointFile.Save(directory.Path, 1, "first"u8.ToArray());

        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Save(
            directory.Path, 2, new byte[100], path => new FullDisk(path, room)));

        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        AssertOnlyTheFirstIsThere(directory.Path);
    }

    [SkippableFact]
    public void A_file_system_without_room_leaves_the_checkpoint_before()
    {
        using var directory = new TemporaryDirectory();
        Skip.IfNot(
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64k", "nudge-test", directory.Path),
            "mounting a small file system takes Linux and the right to do so");
        try
        {
            CheckpointFile.Save(directory.Path, 1, "first"u8.ToArray());

            Assert.Throws<CheckpointException>(
                () => CheckpointFile.Save(directory.Path, 2, new byte[1_000_000]));

            AssertOnlyTheFirstIsThere(directory.Path);
        }
        finally
        {
            Run("umount", directory.Path);
        }
    }

    [Fact]
    public void A_folder_that_is_gone_is_reported_as_a_checkpoint_that_cannot_be_saved()
    {
        using var directory = new TemporaryDirectory();

        Assert.Throws<CheckpointException>(() => CheckpointFile.Save(directory.File("gone"), 1, new byte[1]));
    }

    private static void AssertOnlyTheFirstIsThere(string directory)
    {
        Assert.Equal("checkpoint-1.bin", Path.GetFileName(Assert.Single(Directory.GetFiles(directory))));
        Assert.Equal(1, CheckpointFile.TryLoadNewest(
            directory, stream => Assert.Equal((byte[])[.. "first"u8], ReadAll(stream)), Assert.Fail));
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
