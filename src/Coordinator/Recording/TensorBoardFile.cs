using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace Nudge.Recording;

/// <summary>An event file of TensorBoard that grows while a run goes on: scalars over the stimuli shown.</summary>
/// <remarks>
/// The samples of a run and the readings of its truth meter are one event each, so that those that a checkpoint does not know can be told
/// from the others and removed.
/// </remarks>
internal sealed class TensorBoardFile : IDisposable
{
    private const string Pattern = "events.out.tfevents.*";
    private const string Version = "brain.Event:2";
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int Summary = 5;
    private const int SessionLog = 7;
    private const int Started = 1;
    private readonly FileStream _stream;

    private TensorBoardFile(FileStream stream) => _stream = stream;

    /// <summary>How many samples the files of earlier parts of the run hold.</summary>
    internal int Samples { get; private init; }

    /// <summary>How many readings of the truth meter they hold.</summary>
    internal int Readings { get; private init; }

    /// <summary>Begins a file in a folder; of files that are there, what a checkpoint does not know goes.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <param name="samples">Samples that the checkpoint knows.</param>
    /// <param name="readings">Readings of the truth meter that it knows.</param>
    /// <param name="next">The first number of stimuli that is not known yet.</param>
    /// <param name="wall">Time of day in seconds since 1970.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    internal static TensorBoardFile Begin(string folder, int samples, int readings, long next, double wall)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string[] before = [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)];
            int[] counts = Cut(before, samples, readings);
            // TensorBoard reads files in the order of their names: by time first, and by number within a second.
            string name = string.Create(
                CultureInfo.InvariantCulture, $"events.out.tfevents.{(long)wall:0000000000}.nudge.{before.Length:000}");
            var stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            var file = new TensorBoardFile(stream) { Samples = counts[0], Readings = counts[1] };
            file.Add(Event(wall, null, output => Write(output, FileVersion, Version)));
            // A TensorBoard that has read what has gone forgets it.
            if (before.Length > 0)
                file.Add(Event(wall, next, output => Write(output, SessionLog, Message(log => Write(log, 1, Started)))));
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(folder, error);
        }
    }

    /// <summary>Adds scalars of one moment.</summary>
    /// <param name="wall">Time of day in seconds since 1970.</param>
    /// <param name="step">Stimuli shown.</param>
    /// <param name="values">Scalars by name; the first names what the event is of.</param>
    /// <exception cref="OutputException">The disk is full, or gone.</exception>
    internal void Add(double wall, long step, IEnumerable<(string Name, double Value)> values)
    {
        byte[] summary = Message(output =>
        {
            foreach ((string name, double value) in values)
                Write(output, 1, Message(scalar => Write(scalar, name, (float)value)));
        });
        Add(Event(wall, step, output => Write(output, Summary, summary)));
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static int[] Cut(string[] files, params int[] known)
    {
        int[] counts = new int[known.Length];
        foreach (string file in files)
        {
            byte[] content = File.ReadAllBytes(file);
            using var kept = new MemoryStream();
            int begin = 0;
            foreach ((byte[] data, int end) in EventRecords.Split(content))
            {
                int kind = KindOf(data);
                if (kind < 0 || counts[kind] < known[kind])
                {
                    kept.Write(content, begin, end - begin);
                    if (kind >= 0)
                        counts[kind]++;
                }

                begin = end;
            }

            if (kept.Length < content.Length)
                File.WriteAllBytes(file, kept.ToArray());
        }

        return counts;
    }

    // Names are text among the bytes of an event; no number looks like one.
    private static int KindOf(byte[] data) =>
        data.AsSpan().IndexOf(Encoding.UTF8.GetBytes(TensorBoardNames.Truth)) >= 0 ? 1
        : data.AsSpan().IndexOf(Encoding.UTF8.GetBytes(TensorBoardNames.Sample)) >= 0 ? 0
        : -1;

    private static byte[] Event(double wall, long? step, Action<CodedOutputStream> what) => Message(output =>
    {
        output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
        output.WriteDouble(wall);
        if (step is long number)
            Write(output, Step, number);
        what(output);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Write(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Write(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(message));
    }

    private static void Write(CodedOutputStream scalar, string name, float value)
    {
        Write(scalar, 1, name);
        scalar.WriteTag(2, WireFormat.WireType.Fixed32);
        scalar.WriteFloat(value);
    }

    private void Add(byte[] data)
    {
        try
        {
            _stream.Write(EventRecords.Frame(data));
            _stream.Flush();
        }
        catch (IOException error)
        {
            throw OutputException.DuringRun(_stream.Name, error);
        }
    }
}
