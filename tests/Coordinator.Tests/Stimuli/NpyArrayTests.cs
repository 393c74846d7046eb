using CsCheck;
using Nudge.DataSets;
using Nudge.Recording;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class NpyArrayTests
{
    private static readonly (string Name, Func<int, byte[]> Bytes)[] Types =
    [
        ("|u1", value => [(byte)value]),
        ("|i1", value => [(byte)value]),
        ("u2", value => BitConverter.GetBytes((ushort)value)),
        ("i2", value => BitConverter.GetBytes((short)value)),
        ("u4", value => BitConverter.GetBytes((uint)value)),
        ("i4", BitConverter.GetBytes),
        ("u8", value => BitConverter.GetBytes((ulong)value)),
        ("i8", value => BitConverter.GetBytes((long)value)),
        ("f2", value => BitConverter.GetBytes((Half)value)),
        ("f4", value => BitConverter.GetBytes((float)value)),
        ("f8", value => BitConverter.GetBytes((double)value)),
    ];

    [Fact]
    public void Every_type_order_of_bytes_order_of_dimensions_and_format_gives_the_same_numbers() => Gen.Select(
        Gen.Int[0, Types.Length - 1],
        Gen.Bool,
        Gen.Bool,
        Gen.Int[1, 3],
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4])).Sample((type, big, fortran, format, sizes) =>
    {
        (int a, int b, int c) = sizes;
        (string name, Func<int, byte[]> bytes) = Types[type];
        string full = name[0] == '|' ? name : (big ? ">" : "<") + name;
        byte[] Item(int value) => big && name[0] != '|' ? [.. bytes(value).Reverse()] : bytes(value);
        int[] inC = [.. Enumerable.Range(0, a * b * c)];
        int[] stored = fortran
            ? [.. Enumerable.Range(0, c).SelectMany(k => Enumerable.Range(0, b).SelectMany(j => Enumerable.Range(0, a).Select(i => (((i * b) + j) * c) + k)))]
            : inC;
        byte[] file = NpyWriter.File(full, [a, b, c], [.. stored.SelectMany(Item)], fortran, (byte)format);

        var array = NpyArray.Read(new MemoryStream(file), "x");

        Assert.Equal([a, b, c], array.Shape);
        Assert.Equal(inC.Select(value => (double)value), Numbers(array));
    });

    [Fact]
    public void What_the_program_writes_itself_is_read() => Gen.Float[-1e6f, 1e6f].Array[1, 20].Sample(values =>
        Assert.Equal(
            values.Select(value => (double)value),
            Numbers(NpyArray.Read(new MemoryStream(NpyFormat.Encode([values.Length], values)), "x"))));

    [Fact]
    public void Negative_numbers_and_truth_values_are_read()
    {
        Assert.Equal([-1, 127], Numbers(NpyArray.Read(new MemoryStream(NpyWriter.File("|i1", [2], [0xFF, 0x7F])), "x")));
        Assert.Equal([1, 0], Numbers(NpyArray.Read(new MemoryStream(NpyWriter.File("|b1", [2], [1, 0])), "x")));
        Assert.Equal([-2], Numbers(NpyArray.Read(new MemoryStream(NpyWriter.File(">i2", [1], [0xFF, 0xFE])), "x")));
    }

    [Fact]
    public void Texts_are_read_without_the_zeros_that_fill_them()
    {
        var array = NpyArray.Read(new MemoryStream(NpyWriter.File("<U3", [2], [.. "ab\0çde".SelectMany(letter => BitConverter.GetBytes((uint)letter))])), "x");

        Assert.Equal(["ab", "çde"], [array.Type.Text(array.Items.AsSpan(0, 12)), array.Type.Text(array.Items.AsSpan(12, 12))]);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "items of |O", "objects are pickled programs")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "items of <c8", "floats")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "the header", "a simple type")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "the header", "'shape'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", "the shape (0, 3)", "above 0")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 3), }", "the shape", "at most 2 GB")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (70000, 70000), }", "the shape", "at most 2 GB")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1), }", "9 dimensions", "at most 8")]
    [InlineData("__import__('os').system('true')", "the header", "'descr'")]
    public void A_bad_header_is_refused_with_what_was_found_and_expected(string header, string found, string expected)
    {
        DataException error = Refused(NpyWriter.File(header, new byte[8]));

        Assert.Contains($"found {found}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message[error.Message.IndexOf("; expected", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_and_every_byte_too_many_is_refused()
    {
        byte[] whole = NpyWriter.Floats([2, 2], 1, 2, 3, 4);

        Assert.All(Enumerable.Range(0, whole.Length), length => Refused(whole[..length]));
        Refused([.. whole, 0]);
    }

    [Fact]
    public void A_header_cannot_make_the_program_allocate_what_the_file_does_not_hold()
    {
        byte[] file = NpyWriter.File("<f4", [450_000_000], new byte[16]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refused(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000_000);
    }

    private static DataException Refused(byte[] file) => Assert.Throws<DataException>(() => NpyArray.Read(new MemoryStream(file), "x"));

    private static IEnumerable<double> Numbers(NpyArray array) =>
        Enumerable.Range(0, array.Count).Select(i => array.Type.Number(array.Items.AsSpan(i * array.Type.Size)));
}
