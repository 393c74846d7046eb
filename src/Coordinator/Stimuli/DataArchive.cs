using System.Formats.Tar;
using System.IO.Compression;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// Takes files of known names out of an archive. Where they lie in it does not matter; nothing else is written, and nowhere but in
/// the folder.
/// </summary>
internal static class DataArchive
{
    /// <summary>Takes files out of a zip.</summary>
    /// <param name="folder">Where the archive is, and where the files go.</param>
    /// <param name="archive">Its name.</param>
    /// <param name="names">The files.</param>
    /// <exception cref="DataException">The archive is damaged, or lacks one.</exception>
    internal static void ExtractZip(string folder, string archive, IReadOnlyList<string> names) => Extract(folder, archive, names, write =>
    {
        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(folder, archive));
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => names.Contains(entry.Name)))
        {
            using Stream source = entry.Open();
            write(entry.Name, source);
        }
    });

    /// <summary>Takes files out of a gzipped tar.</summary>
    /// <inheritdoc cref="ExtractZip"/>
    internal static void ExtractTar(string folder, string archive, IReadOnlyList<string> names) => Extract(folder, archive, names, write =>
    {
        using FileStream file = File.OpenRead(Path.Combine(folder, archive));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            string name = Path.GetFileName(entry.Name);
            if (names.Contains(name) && entry.DataStream is { } source)
                write(name, source);
        }
    });

    private static void Extract(string folder, string archive, IReadOnlyList<string> names, Action<Action<string, Stream>> read)
    {
        var found = new HashSet<string>();
        try
        {
            read((name, source) =>
            {
                // A file is there whole or not at all.
                string target = Path.Combine(folder, name);
                using (FileStream part = File.Create(target + ".part"))
                    source.CopyTo(part);
                File.Move(target + ".part", target, overwrite: true);
                found.Add(name);
            });
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataException($"{Path.Combine(folder, archive)}: the archive is damaged: {error.Message}", error);
        }

        string[] missing = [.. names.Where(name => !found.Contains(name))];
        if (missing.Length > 0)
            throw new DataException($"{Path.Combine(folder, archive)}: holds no file {string.Join(", ", missing)}");
    }
}
