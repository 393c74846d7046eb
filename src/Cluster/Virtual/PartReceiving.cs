using Nudge.Messages;

namespace Nudge.Virtual;

/// <summary>
/// The receiver's end of a stream of messages from one sender: takes parts in the order of their numbers, puts messages together,
/// and knows when the sender is to be answered.
/// </summary>
internal sealed class PartReceiving
{
    private const int MostUnanswered = 32;
    private const int MostUnansweredBytes = 1 << 17;
    private long _next = 1;
    private long _missing;
    private byte[]? _message;
    private int _received;
    private int _unanswered;
    private int _unansweredBytes;
    private bool _misses;

    /// <summary>Takes a part; gives a message with its last one.</summary>
    /// <exception cref="InvalidDataException">The part does not follow the one before.</exception>
    internal bool TryTake(VirtualPart part, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (part.Number != _next)
        {
            // One that is received twice was sent again since an answer was late or lost.
            _unanswered++;
            // Once for each part: those behind it are on their way already.
            _misses |= part.Number > _next && _missing != _next;
            return false;
        }

        _next++;
        _unanswered++;
        _unansweredBytes += part.Bytes.Length;
        return TryComplete(part, out message);
    }

    /// <summary>What the sender is to be answered now, if anything.</summary>
    /// <param name="isTick">Whether some time has passed, so that it should hear of whatever has come.</param>
    internal (long Next, bool Misses)? Due(bool isTick)
    {
        if (!_misses && _unanswered < MostUnanswered && _unansweredBytes < MostUnansweredBytes && !(isTick && _unanswered > 0))
            return null;
        bool misses = _misses;
        if (misses)
            _missing = _next;
        (_unanswered, _unansweredBytes, _misses) = (0, 0, false);
        return (_next, misses);
    }

    private bool TryComplete(VirtualPart part, out ReadOnlyMemory<byte> message)
    {
        message = part.Bytes;
        if (_message is null && part.Offset == 0 && part.Bytes.Length == part.Total)
            return true;
        if (part.Total < 0 || part.Offset != _received || part.Bytes.Length > part.Total - part.Offset
            || (_message is not null && _message.Length != part.Total))
        {
            throw new InvalidDataException(
                $"a part of {part.Bytes.Length} bytes at {part.Offset} of {part.Total} follows {_received} of {_message?.Length ?? 0}");
        }

        _message ??= new byte[part.Total];
        part.Bytes.CopyTo(_message.AsMemory(part.Offset));
        _received += part.Bytes.Length;
        if (_received < part.Total)
            return false;
        message = _message;
        (_message, _received) = (null, 0);
        return true;
    }
}
