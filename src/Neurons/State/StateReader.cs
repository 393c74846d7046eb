namespace Nudge.State;

/// <summary>Reads tags and kinds from a stream in one pass, never further than it was asked to.</summary>
internal sealed class StateReader(Stream stream, OpenSections sections)
{
    // A tag and its kind are read before it is known whether they are asked for; -1 while nothing is ahead.
    private int _tag = -1;
    private StateKind _kind;

    /// <summary>The payloads.</summary>
    internal StateInput Input { get; } = new(stream, sections);

    /// <summary>The kind of what <see cref="Find"/> found.</summary>
    internal StateKind Kind => _kind;

    /// <summary>Whether <see cref="Find"/> came to the end of the present section.</summary>
    internal bool AtEnd => _tag == StateFormat.EndMark;

    /// <summary>Moves to a tag of the present section and skips those below; false if it is not there.</summary>
    internal bool Find(int tag)
    {
        Peek();
        while (_tag != StateFormat.EndMark && _tag < tag)
        {
            Skip();
            Peek();
        }

        return _tag == tag;
    }

    /// <summary>Takes a section or list that was found: what follows are its items.</summary>
    internal void Enter() => _tag = -1;

    /// <summary>Skips the rest of the present section and its end mark.</summary>
    internal void Leave()
    {
        Find(int.MaxValue);
        _tag = -1;
    }

    /// <summary>Takes the head of the item that was found; gives the length of its payload in bytes.</summary>
    internal long TakeLength()
    {
        _tag = -1;
        return ReadLength();
    }

    private void Peek()
    {
        if (_tag >= 0)
            return;
        int tag = ReadTag();
        if (tag != StateFormat.EndMark)
        {
            if (tag <= sections.Top.Found)
                throw sections.Fault(null, $"is damaged: tag {tag} comes after tag {sections.Top.Found}");
            sections.Top.Found = tag;
            _kind = ReadKind();
        }

        _tag = tag;
    }

    // A loop and no recursion: sections nested a million deep must not exhaust the stack.
    private void Skip()
    {
        _tag = -1;
        StateKind kind = _kind;
        long depth = 0;
        while (true)
        {
            if (kind is StateKind.Section or StateKind.List)
                depth++;
            else
                Input.Skip(ReadLength());
            while (depth > 0 && ReadTag() == StateFormat.EndMark)
                depth--;
            if (depth == 0)
                return;
            kind = ReadKind();
        }
    }

    private StateKind ReadKind()
    {
        var kind = (StateKind)Input.ReadByte();
        return kind != StateKind.None ? kind : throw sections.Fault(null, "is damaged: an item has no kind");
    }

    private int ReadTag()
    {
        ulong tag = Input.ReadVariable();
        return tag < int.MaxValue ? (int)tag : throw sections.Fault(null, $"is damaged: {tag} is no tag");
    }

    private long ReadLength()
    {
        ulong length = Input.ReadVariable();
        return length <= long.MaxValue
            ? (long)length
            : throw sections.Fault(null, $"is damaged: {length} is no length");
    }
}
