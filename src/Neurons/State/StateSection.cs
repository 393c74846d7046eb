using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nudge.State;

/// <summary>
/// The open section of a state that is saved or restored (see <see cref="IStateful"/> for an example). An item that is
/// absent from a stored state is refused unless <see cref="Has"/> was asked first; items that the program does not
/// know are skipped. One object serves all sections of a stream: valid only while an object is described.
/// </summary>
public sealed class StateSection
{
    private readonly OpenSections _sections;
    private readonly StateWriter? _writer;
    private readonly StateReader? _reader;

    private StateSection(OpenSections sections, StateWriter? writer, StateReader? reader, bool weights) =>
        (_sections, _writer, _reader, HasWeights) = (sections, writer, reader, weights);

    /// <summary>Whether items are set from a stored state; otherwise they are saved.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(_reader))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(_writer))]
    public bool IsRestoring => _reader is not null;

    /// <summary>
    /// Whether weights, and what plasticity keeps beside them, belong to this state. They do in every state that a run is
    /// resumed from, and do not in a copy that only answers (<see cref="StateCopy"/>).
    /// </summary>
    public bool HasWeights { get; }

    internal static StateSection ToSave(Stream stream, bool weights = true) => new(new(), new(stream), null, weights);

    internal static StateSection ToRestore(Stream stream, bool weights = true)
    {
        var sections = new OpenSections();
        return new(sections, null, new(stream, sections), weights);
    }

    /// <summary>
    /// Whether a stored state has a tag; true when saving. For items that were added later: where it is false, the
    /// field keeps its default.
    /// </summary>
    public bool Has(int tag)
    {
        _sections.Use(tag, "tag", ahead: true);
        return !IsRestoring || _reader.Find(tag);
    }

    /// <summary>
    /// Whether an optional item is there. When saving, notes its absence, or leaves the tag to the item that follows;
    /// when restoring, false means that none was there. Then describe the item with the same tag, only where this is
    /// true.
    /// </summary>
    /// <param name="tag">The tag, which the item shares.</param>
    /// <param name="present">Whether there is one now; ignored when restoring.</param>
    /// <param name="name">What a fault calls the item.</param>
    public bool Present(int tag, bool present, [CallerArgumentExpression(nameof(present))] string name = "")
    {
        _sections.Use(tag, name, ahead: true);
        if (!IsRestoring)
        {
            if (!present)
                Save(tag, StateKind.Empty, [], name);
            return present;
        }

        RequireTag(tag, name);
        if (_reader.Kind != StateKind.Empty)
            return true;
        _sections.Use(tag, name);
        ExpectLength(_reader.TakeLength(), 0, 1, name);
        return false;
    }

    /// <summary>A fault of the stored state, with the path of the present section, for the caller to throw.</summary>
    /// <param name="message">What is wrong, without a full stop.</param>
    public InvalidDataException Fault(string message) => _sections.Fault(null, message);

    /// <summary>
    /// Saves a state that <see cref="StateRoot"/> encoded elsewhere as a section, without a second copy. It is
    /// restored with another overload.
    /// </summary>
    /// <exception cref="InvalidOperationException">The state is being restored.</exception>
    /// <exception cref="InvalidDataException">The bytes are no state of this version.</exception>
    public void SaveEncoded(int tag, string name, ReadOnlySpan<byte> encoded)
    {
        if (IsRestoring)
            throw new InvalidOperationException($"{_sections.Path(name)}: an encoded section can only be saved.");
        ReadOnlySpan<byte> content = StateFormat.Content(encoded, name);
        _sections.Use(tag, name);
        _writer.Begin(tag, StateKind.Section);
        _writer.Raw(content);
    }

    internal void Enter(int tag, string? name, StateKind kind = StateKind.Section, int index = 0)
    {
        Open(tag, kind, name ?? $"[{index}]");
        _sections.Push(name, index);
    }

    internal void Leave()
    {
        _reader?.Leave();
        _writer?.End();
        _sections.Pop();
    }

    /// <summary>Ends the root section.</summary>
    internal void Close()
    {
        if (_sections.Depth != 0)
            throw new InvalidOperationException($"{_sections.Path(null)}: the section is still open.");
        _reader?.Leave();
        _writer?.End();
    }

    internal ulong Scalar(int tag, StateKind kind, ulong bits, int size, string name)
    {
        if (!IsRestoring)
        {
            _sections.Use(tag, name);
            _writer.Scalar(tag, kind, bits, size);
            return bits;
        }

        Open(tag, kind, name);
        ExpectLength(_reader.TakeLength(), size, 1, name);
        return _reader.Input.ReadScalar(size);
    }

    /// <summary>Saves the values, or reads them where they stand; the length is fixed.</summary>
    internal void Fixed<T>(int tag, StateKind kind, Span<T> values, string name)
        where T : unmanaged
    {
        if (!IsRestoring)
        {
            Save<T>(tag, kind, values, name);
            return;
        }

        Open(tag, kind, name);
        ExpectLength(_reader.TakeLength(), values.Length, Unsafe.SizeOf<T>(), name);
        _reader.Input.Read(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Saves the values, or makes an array of those stored; their number must be in a range.</summary>
    internal T[] Variable<T>(int tag, StateKind kind, ReadOnlySpan<T> values, int least, int most, string name)
        where T : unmanaged
    {
        if (!IsRestoring)
        {
            Save(tag, kind, values, name);
            return [];
        }

        Open(tag, kind, name);
        (long count, long rest) = Math.DivRem(_reader.TakeLength(), Unsafe.SizeOf<T>());
        if (rest != 0 || count < least || count > most)
        {
            string expected = least == most ? $"{least}" : $"{least} to {most}";
            throw _sections.Fault(name, $"holds {count} values where {expected} are expected");
        }

        return _reader.Input.ReadArray<T>((int)count);
    }

    /// <summary>Whether the list that is open has an item of an index; true when saving.</summary>
    internal bool HasItem(int index)
    {
        if (!IsRestoring || _reader.Find(index + 1))
            return true;
        return _reader.AtEnd ? false : throw Fault("is damaged: its items are not numbered in order");
    }

    internal InvalidDataException Fault(string name, string message) => _sections.Fault(name, message);

    private void Save<T>(int tag, StateKind kind, ReadOnlySpan<T> values, string name)
        where T : unmanaged
    {
        _sections.Use(tag, name);
        _writer!.Block(tag, kind, MemoryMarshal.AsBytes(values));
    }

    private void Save(int tag, StateKind kind, ReadOnlySpan<byte> payload, string name) =>
        Save<byte>(tag, kind, payload, name);

    private void Open(int tag, StateKind kind, string name)
    {
        _sections.Use(tag, name);
        if (!IsRestoring)
        {
            _writer.Begin(tag, kind);
            return;
        }

        RequireTag(tag, name);
        if (_reader.Kind != kind)
            throw _sections.Fault(name, $"holds an item of kind {_reader.Kind} where {kind} is expected");
        if (kind is StateKind.Section or StateKind.List)
            _reader.Enter();
    }

    private void RequireTag(int tag, string name)
    {
        if (!_reader!.Find(tag))
        {
            throw _sections.Fault(
                name, $"is absent (tag {tag}): the state is of another network or of a version that lacked it");
        }
    }

    private void ExpectLength(long bytes, long expected, int size, string name)
    {
        if (bytes == expected * size)
            return;
        string held = bytes % size == 0 ? $"{bytes / size} values" : $"{bytes} bytes";
        throw _sections.Fault(name, $"holds {held} where {expected} values of {size} bytes are expected");
    }
}
