using Nudge.Checkpoints;

namespace Nudge.Cluster.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nudge-test-").FullName;
    private readonly List<string> _passedOver = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_is_restored_and_the_last_two_are_kept()
    {
        for (int number = 1; number <= 5; number++)
            Save(number, number * 100);
        Assert.Equal((5L, 500), Restore());
        Assert.Equal([5L, 4L], CheckpointFile.List(_folder).Select(file => file.Number));
    }

    [Fact]
    public void However_far_the_newest_was_written_the_one_before_is_restored()
    {
        Save(1, 100);
        Save(2, 200);
        string newest = CheckpointFile.List(_folder)[0].Path;
        byte[] whole = File.ReadAllBytes(newest);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(newest, whole[..length]);
            Assert.Equal((1L, 100), Restore());
        }

        Assert.Equal(whole.Length, _passedOver.Count);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_noticed()
    {
        Save(1, 100);
        Save(2, 200);
        string newest = CheckpointFile.List(_folder)[0].Path;
        byte[] whole = File.ReadAllBytes(newest);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 1;
            File.WriteAllBytes(newest, damaged);
            Assert.Equal((1L, 100), Restore());
        }
    }

    [Fact]
    public void An_unfinished_file_is_not_taken_for_a_checkpoint()
    {
        Save(1, 100);
        File.WriteAllBytes(Path.Combine(_folder, "checkpoint-000000000002.bin.unfinished"), [1, 2, 3]);
        Assert.Equal((1L, 100), Restore());
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_last_one_and_no_litter()
    {
        Save(1, 100);
        // A folder where the file should be stands for a disk that refuses it.
        Directory.CreateDirectory(Path.Combine(_folder, "checkpoint-000000000002.bin"));
        Assert.Throws<CheckpointException>(() => Save(2, 200));
        Assert.Equal((1L, 100), Restore());
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file.EndsWith(".unfinished", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_any_is_an_error() =>
        Assert.Throws<CheckpointException>(() => Restore());

    private void Save(long number, int value) =>
        CheckpointFile.Save(_folder, number, writer => writer.Write(value));

    private (long Number, int Value) Restore()
    {
        int value = 0;
        long number = CheckpointFile.RestoreNewest(_folder, reader => value = reader.ReadInt32(), _passedOver.Add);
        return (number, value);
    }
}
