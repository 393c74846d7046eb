using MessagePack;

namespace Nudge.Wire;

/// <summary>How one kind of message is written: a MessagePack array whose places are the numbers of its fields.</summary>
internal abstract class Contract
{
    /// <summary>Names the kind on the wire; never used for another one.</summary>
    internal abstract string Manifest { get; }

    /// <summary>The type of the messages.</summary>
    internal abstract Type Type { get; }

    internal abstract void Write(ref MessagePackWriter writer, object message, ValueFormat format);

    internal abstract object Read(ref MessagePackReader reader);
}

/// <summary>A contract for messages of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
internal abstract class Contract<T>(string manifest) : Contract
    where T : class
{
    /// <inheritdoc/>
    internal sealed override string Manifest => manifest;

    /// <inheritdoc/>
    internal sealed override Type Type => typeof(T);

    /// <inheritdoc/>
    internal sealed override void Write(ref MessagePackWriter writer, object message, ValueFormat format) =>
        Write(ref writer, (T)message, format);

    /// <inheritdoc/>
    internal sealed override object Read(ref MessagePackReader reader) => ReadMessage(ref reader);

    protected abstract void Write(ref MessagePackWriter writer, T message, ValueFormat format);

    protected abstract T ReadMessage(ref MessagePackReader reader);
}

/// <summary>A message that has no content but its kind.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class BareContract<T>(string manifest, Func<T> make) : Contract<T>(manifest)
    where T : class
{
    protected override void Write(ref MessagePackWriter writer, T message, ValueFormat format) => writer.WriteArrayHeader(0);

    protected override T ReadMessage(ref MessagePackReader reader)
    {
        Fields.Open(ref reader, 0).Close(ref reader);
        return make();
    }
}
