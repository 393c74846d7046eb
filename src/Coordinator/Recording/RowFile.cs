using System.Text;

namespace Nudge.Recording;

/// <summary>A table of a run that grows by a row at a time, each in the file as soon as it is made.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly FileStream _stream;

    private RowFile(FileStream stream, int rows)
    {
        _stream = stream;
        Rows = rows;
    }

    /// <summary>Rows so far.</summary>
    internal int Rows { get; private set; }

    /// <summary>Begins the file, or goes on after some rows; later ones, which the state does not know, go.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="rows">Rows to keep: as many as the checkpoint knows.</param>
    /// <exception cref="OutputException">It cannot be written, or has fewer rows.</exception>
    internal static RowFile Open(string path, string header, int rows)
    {
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                if (rows == 0)
                    Begin(stream, header);
                else
                    Cut(stream, path, rows);
                return new(stream, rows);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(path, error);
        }
    }

    /// <summary>Whether a file begins with a header; one that is not there is no other.</summary>
    internal static bool Begins(string path, string header) =>
        !File.Exists(path) || File.ReadLines(path).FirstOrDefault(header) == header;

    /// <summary>Reads all complete rows of a file, also while a run writes to it.</summary>
    internal static IEnumerable<string> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string text = reader.ReadToEnd();
        // What follows the last line end was torn by a kill.
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="OutputException">The disk is full, or gone.</exception>
    internal void Add(string line)
    {
        try
        {
            WriteLine(_stream, line);
        }
        catch (IOException error)
        {
            throw OutputException.DuringRun(_stream.Name, error);
        }

        Rows++;
    }

    /// <summary>Takes the rows so far to the disk itself; called before a checkpoint counts on them.</summary>
    internal void FlushToDisk() => _stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static void Begin(FileStream stream, string header)
    {
        stream.SetLength(0);
        WriteLine(stream, header);
    }

    private static void Cut(FileStream stream, string path, int rows)
    {
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        int end = 0;
        for (int lines = 0; lines < rows + 1; lines++)
        {
            int length = text.AsSpan(end).IndexOf((byte)'\n') + 1;
            if (length == 0)
                throw new OutputException($"{path}: has fewer rows than the {rows} that the checkpoint knows of");
            end += length;
        }

        stream.SetLength(end);
        stream.Position = end;
    }

    private static void WriteLine(FileStream stream, string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Flush();
    }
}
