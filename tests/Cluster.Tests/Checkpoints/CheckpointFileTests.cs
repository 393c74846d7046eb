using System.Buffers.Binary;
using System.Security.Cryptography;
using Nudge.Checkpoints;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private const int VersionAt = 8;
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _skipped = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_saved_is_loaded()
    {
        Save(3);

        Assert.Equal(3, Load());
        Assert.Empty(_skipped);
    }

    [Fact]
    public void The_newest_is_chosen_by_number_and_not_by_letter()
    {
        Save(9);
        Save(10);

        Assert.Equal(10, Load());
    }

    [Fact]
    public void The_last_two_generations_are_kept()
    {
        for (int generation = 1; generation <= 12; generation++)
            Save(generation);

        Assert.Equal([12L, 11L], CheckpointFile.List(_directory.Path).Select(file => file.Generation));
    }

    [Fact]
    public void A_folder_without_checkpoints_loads_none()
    {
        File.WriteAllText(_directory.File("checkpoint-x.bin"), "another file");

        Assert.Null(Load());
        Assert.Null(CheckpointFile.TryLoadNewest(_directory.File("gone"), _ => Assert.Fail("nothing to read")));
    }

    [Fact]
    public void A_checkpoint_cut_at_any_byte_is_skipped_for_the_one_before()
    {
        byte[] whole = SaveTwo();
        for (int length = 0; length < whole.Length; length++)
            AssertSkipped(whole[..length], "torn");
    }

    [Fact]
    public void A_checkpoint_with_any_byte_changed_is_skipped_for_the_one_before()
    {
        byte[] whole = SaveTwo();
        for (int position = 0; position < whole.Length; position++)
        {
            byte[] corrupt = [.. whole];
            corrupt[position] ^= 0x80;
            AssertSkipped(corrupt, "");
        }
    }

    [Fact]
    public void A_checkpoint_with_bytes_too_many_is_skipped_for_the_one_before()
    {
        byte[] whole = SaveTwo();
        AssertSkipped([.. whole, 0], "torn");
    }

    [Fact]
    public void A_checkpoint_copied_over_a_newer_name_is_skipped()
    {
        Save(1);
        File.Copy(_directory.File("checkpoint-1.bin"), _directory.File("checkpoint-2.bin"));

        Assert.Equal(1, Load());
        Assert.Contains("generation 1", Assert.Single(_skipped), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(int.MaxValue)]
    public void A_file_that_had_not_got_its_name_yet_is_ignored_and_later_removed(int length)
    {
        byte[] whole = SaveTwo();
        File.Move(_directory.File("checkpoint-2.bin"), _directory.File("checkpoint-2.bin.unfinished"));
        File.WriteAllBytes(
            _directory.File("checkpoint-2.bin.unfinished"), whole[..Math.Min(length, whole.Length)]);

        Assert.Equal(1, Load());
        Assert.Empty(_skipped);
        Save(3);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.unfinished"));
        Assert.Equal(3, Load());
    }

    [Fact]
    public void After_a_skipped_one_the_run_saves_over_it()
    {
        byte[] whole = SaveTwo();
        File.WriteAllBytes(_directory.File("checkpoint-2.bin"), whole[..^1]);

        Save(2);

        Assert.Equal(2, Load());
        Assert.Empty(_skipped);
    }

    [Fact]
    public void A_checkpoint_of_an_earlier_version_is_an_error_that_says_what_to_do()
    {
        byte[] newest = SaveTwo();
        BinaryPrimitives.WriteInt32LittleEndian(newest.AsSpan(VersionAt), 1);
        SHA256.HashData(newest.AsSpan(..^SHA256.HashSizeInBytes), newest.AsSpan(^SHA256.HashSizeInBytes..));
        File.WriteAllBytes(_directory.File("checkpoint-2.bin"), newest);

        var error = Assert.Throws<CheckpointException>(() => Load());

        Assert.Contains("format version 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("resume the run with the version that began it", error.Message, StringComparison.Ordinal);
        Assert.Empty(_skipped);
    }

    [Fact]
    public void A_complete_checkpoint_of_another_state_is_an_error_and_not_skipped()
    {
        Save(1);

        Assert.Throws<CheckpointException>(
            () => CheckpointFile.TryLoadNewest(_directory.Path, stream => stream.ReadByte()));
        Assert.Throws<CheckpointException>(
            () => CheckpointFile.TryLoadNewest(_directory.Path, stream => stream.ReadExactly(new byte[100])));
        Assert.Throws<CheckpointException>(
            () => CheckpointFile.TryLoadNewest(_directory.Path, _ => throw new InvalidDataException("of another run")));
    }

    private byte[] SaveTwo()
    {
        Save(1);
        Save(2);
        return File.ReadAllBytes(_directory.File("checkpoint-2.bin"));
    }

    private void AssertSkipped(byte[] newest, string reason)
    {
        _skipped.Clear();
        File.WriteAllBytes(_directory.File("checkpoint-2.bin"), newest);

        Assert.Equal(1, Load());
        Assert.Contains(reason, Assert.Single(_skipped), StringComparison.Ordinal);
    }

    private void Save(long generation) => CheckpointFile.Save(
        _directory.Path, generation, (byte[])[(byte)generation, .. "the state"u8]);

    private long? Load()
    {
        long state = -1;
        long? generation = CheckpointFile.TryLoadNewest(
            _directory.Path,
            stream =>
            {
                state = stream.ReadByte();
                byte[] text = new byte[9];
                stream.ReadExactly(text);
                Assert.Equal("the state"u8, text);
            },
            _skipped.Add);
        Assert.Equal(generation ?? -1, state);
        return generation;
    }
}
