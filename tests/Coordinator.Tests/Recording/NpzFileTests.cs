using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Nudge.Recording;
using Nudge.Testing;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class NpzFileTests
{
    private static readonly Gen<NpzArray> Arrays =
        from shape in Gen.Int[0, 5].Array[0, 3]
        from bits in Gen.Int.Array[shape.Aggregate(1, (product, size) => product * size)]
        from name in Gen.String[Gen.Char["abcXYZ09-_."], 1, 12]
        select new NpzArray(name, shape, [.. bits.Select(BitConverter.Int32BitsToSingle)]);

    [Fact]
    public void Arrays_read_back_with_the_same_bits() => Distinct(Arrays.Array[0, 5]).Sample(arrays =>
    {
        IReadOnlyList<NpzArray> read = NpzFile.Read(new MemoryStream(Bytes(arrays)));

        Assert.Equal(arrays.Select(array => array.Name), read.Select(array => array.Name));
        Assert.Equal(arrays.Select(array => array.Shape), read.Select(array => array.Shape));
        Assert.Equal(arrays.SelectMany(Bits), read.SelectMany(Bits));
    });

    [Fact]
    public void The_bytes_are_a_function_of_the_content() => Distinct(Arrays.Array[0, 5]).Sample(arrays =>
        Assert.Equal(Bytes(arrays), Bytes(arrays.Select(Copy))));

    [Fact]
    public void An_array_is_written_as_numpy_writes_it()
    {
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 0x76, 0,
            .. Encoding.ASCII.GetBytes(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(0x75)), (byte)'\n',
            .. new byte[] { 0, 0, 0, 0 }, .. new byte[] { 0, 0, 0x80, 0x3F }, .. new byte[] { 0, 0, 0, 0x40 },
            .. new byte[] { 0, 0, 0x40, 0x40 }, .. new byte[] { 0, 0, 0x80, 0x40 }, .. new byte[] { 0, 0, 0xA0, 0xC0 },
        ];
        using var zip = new ZipArchive(new MemoryStream(Bytes([new("w", [2, 3], [0, 1, 2, 3, 4, -5])])));

        ZipArchiveEntry entry = Assert.Single(zip.Entries);
        using var content = new MemoryStream();
        using (Stream opened = entry.Open())
            opened.CopyTo(content);

        Assert.Equal("w.npy", entry.FullName);
        Assert.Equal(entry.Length, entry.CompressedLength);
        Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
        Assert.Equal(128 + (6 * sizeof(float)), expected.Length);
        Assert.Equal(expected, content.ToArray());
    }

    [Theory]
    [InlineData(new int[0], "()")]
    [InlineData(new[] { 1 }, "(1,)")]
    [InlineData(new[] { 1, 1, 1 }, "(1, 1, 1)")]
    public void Shapes_are_Python_tuples(int[] shape, string tuple)
    {
        string file = Encoding.Latin1.GetString(Bytes([new("w", shape, [1])]));

        Assert.Contains($"'shape': {tuple}, }}", file, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_sum_is_that_of_zip() => Assert.Equal(0xCBF4_3926u, Crc32.Of("123456789"u8));

    [Fact]
    public void Compressed_arrays_are_read_too()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("b.npy", CompressionLevel.Optimal).Open();
            entry.Write(NpyFormat.Encode([2], [1, 2]));
        }

        Assert.Equal([1, 2], Assert.Single(NpzFile.Read(stream)).Values);
    }

    [Fact]
    public void Values_that_do_not_fit_the_shape_are_not_written() =>
        Assert.Throws<ArgumentException>(() => Bytes([new("w", [2, 2], [1, 2, 3])]));

    [Fact]
    public void A_file_cut_or_changed_anywhere_never_reads_as_more_than_bad_data()
    {
        byte[] npy = NpyFormat.Encode([3], [1, 2, 3]);
        for (int length = 0; length < npy.Length; length++)
            Assert.Throws<InvalidDataException>(() => NpyFormat.Decode("w", npy.AsSpan(0, length)));
        byte[] doubles = [.. npy];
        doubles[Array.IndexOf(npy, (byte)'4')] = (byte)'8';
        Assert.Throws<InvalidDataException>(() => NpyFormat.Decode("w", doubles));
    }

    [SkippableFact]
    public void NumPy_reads_what_is_written()
    {
        const string Script = "import numpy, sys; f = numpy.load(sys.argv[1]); "
            + "print(f['w'].shape, f['w'].dtype, f['w'].tolist(), f['b'].shape)";
        using var directory = new TemporaryDirectory();
        string path = directory.File(RunFiles.Weights);
        File.WriteAllBytes(path, Bytes([new("w", [2, 2], [1, 2, 3, 4.5f]), new("b", [0], [])]));

        string? printed = Python("-c", Script, path);
        Skip.If(printed is null, "Python with NumPy is not here");

        Assert.Equal("(2, 2) float32 [[1.0, 2.0], [3.0, 4.5]] (0,)", printed.Trim());
    }

    private static Gen<NpzArray[]> Distinct(Gen<NpzArray[]> arrays) =>
        arrays.Select(drawn => drawn.DistinctBy(array => array.Name).ToArray());

    private static IEnumerable<int> Bits(NpzArray array) => array.Values.Select(BitConverter.SingleToInt32Bits);

    private static NpzArray Copy(NpzArray array) => array with { Values = [.. array.Values] };

    private static byte[] Bytes(IEnumerable<NpzArray> arrays)
    {
        using var stream = new MemoryStream();
        NpzFile.Write(stream, arrays);
        return stream.ToArray();
    }

    private static string? Python(params string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> complaints = python.StandardError.ReadToEndAsync();
            string printed = python.StandardOutput.ReadToEnd();
            complaints.Wait();
            python.WaitForExit();
            return python.ExitCode == 0 ? printed : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
