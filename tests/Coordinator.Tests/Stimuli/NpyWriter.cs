using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Nudge.Coordinator.Tests.Stimuli;

/// <summary>Writes .npy and .npz files as NumPy writes them, in each format and type.</summary>
internal static class NpyWriter
{
    /// <summary>An .npy file.</summary>
    /// <param name="type">The type, such as <c>&gt;i4</c>.</param>
    /// <param name="shape">The dimensions.</param>
    /// <param name="body">The bytes of the items, in the order that is stated.</param>
    /// <param name="fortran">Whether the first dimension runs fastest.</param>
    /// <param name="format">The first number of the format.</param>
    internal static byte[] File(string type, int[] shape, byte[] body, bool fortran = false, byte format = 1)
    {
        string dimensions = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return File(
            $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({dimensions}{(shape.Length == 1 ? "," : "")}), }}",
            body,
            format);
    }

    /// <summary>An .npy file with any header.</summary>
    internal static byte[] File(string header, byte[] body, byte format = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header.PadRight(117) + "\n");
        byte[] length = format == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        return [0x93, .. "NUMPY"u8, format, 0, .. length, .. text, .. body];
    }

    /// <summary>An .npy file of 32-bit floats.</summary>
    internal static byte[] Floats(int[] shape, params float[] values) => File("<f4", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>An .npz file.</summary>
    internal static void WriteZip(string path, params (string Name, byte[] File)[] arrays)
    {
        using var zip = new ZipArchive(System.IO.File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] file) in arrays)
        {
            using Stream entry = zip.CreateEntry($"{name}.npy", CompressionLevel.Fastest).Open();
            entry.Write(file);
        }
    }
}
