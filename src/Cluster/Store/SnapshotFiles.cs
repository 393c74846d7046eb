using System.Globalization;

namespace Nudge.Store;

/// <summary>
/// Where parts of snapshots lie that are not rows of a table: what a folder and an object store have in common. Names have parts
/// that are divided by <c>/</c>. What a put has reported is durable and whole; what is put under a name replaces what was there.
/// </summary>
internal interface ISnapshotFiles
{
    /// <summary>Keeps bytes under a name.</summary>
    void Put(string name, ReadOnlyMemory<byte> bytes);

    /// <summary>The bytes under a name, or null where there are none.</summary>
    byte[]? Get(string name);

    /// <summary>What follows next after a beginning of names, each once.</summary>
    IReadOnlyList<string> Below(string beginning);

    /// <summary>How many bytes there are under all names below a beginning.</summary>
    long BytesBelow(string beginning);

    /// <summary>Deletes all names below a beginning; there may be none.</summary>
    void Delete(string beginning);
}

/// <summary>Names among the files of a store, of parts that are divided by <c>/</c>.</summary>
internal static class SnapshotName
{
    /// <summary>The parts of a name. Names of runs come from other machines, and lead to no other place.</summary>
    /// <exception cref="IOException">It is no such name.</exception>
    internal static string[] PartsOf(string name)
    {
        string[] parts = name.Split('/');
        return parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            ? parts
            : throw new IOException($"{name}: not the name of a snapshot");
    }
}

/// <summary>Names of snapshots among the files of a slice. Later ones of a slice order after earlier ones.</summary>
internal static class SnapshotPlace
{
    /// <summary>A name that no other snapshot of the slice has.</summary>
    /// <param name="incarnation">Who writes it.</param>
    /// <param name="opened">How often the manager has opened stores.</param>
    /// <param name="generation">The snapshot's number.</param>
    internal static string Of(int incarnation, int opened, long generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{incarnation}-{opened}-{generation}");

    /// <summary>Whether a name is that of a snapshot before another one. What is no name of a snapshot is not.</summary>
    internal static bool IsBefore(string name, string other) => Parse(name) is { } one && Parse(other) is { } two && one.CompareTo(two) < 0;

    private static (long Incarnation, long Opened, long Generation)? Parse(string name)
    {
        long[] numbers =
        [
            .. name.Split('-').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1),
        ];
        return numbers is [>= 0, >= 0, >= 0] ? (numbers[0], numbers[1], numbers[2]) : null;
    }
}

/// <summary>Snapshots of one slice among the files of a store.</summary>
/// <param name="files">Where.</param>
/// <param name="journal">The journal of the slice, as <see cref="SliceJournal.IdOf"/> names it.</param>
internal sealed class SliceFiles(ISnapshotFiles files, string journal)
{
    /// <summary>No part is longer, in bytes: each is one write to the disk and one buffer when it is read.</summary>
    internal const int PartLength = 8 << 20;

    /// <summary>Keeps a part; gives its number.</summary>
    internal int Put(string place, StateChunk part)
    {
        files.Put(NameOf(place, part.Part), part.Bytes);
        return part.Part;
    }

    /// <summary>The parts of a snapshot in their order, up to the first that is missing.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Get(StateComplete snapshot)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        while (parts.Count < snapshot.Parts && files.Get(NameOf(snapshot.Place, parts.Count)) is { } part)
            parts.Add(part);
        return parts;
    }

    /// <summary>
    /// Deletes snapshots before this one, also those that were begun only. Later ones stay: an incarnation that has been
    /// superseded meanwhile must not take the files of its successor.
    /// </summary>
    /// <returns>How many snapshots were deleted.</returns>
    internal int Prune(string place)
    {
        string[] older = [.. files.Below(journal).Where(one => SnapshotPlace.IsBefore(one, place))];
        foreach (string one in older)
            files.Delete($"{journal}/{one}");
        return older.Length;
    }

    private string NameOf(string place, int part) => string.Create(CultureInfo.InvariantCulture, $"{journal}/{place}/{part}");
}
