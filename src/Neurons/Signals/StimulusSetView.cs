namespace Nudge.Signals;

/// <summary>A set that shows the examples of another one, and changes what a derived class overrides.</summary>
/// <param name="inner">The other set.</param>
public abstract class StimulusSetView(IStimulusSet inner) : IStimulusSet
{
    /// <inheritdoc/>
    public virtual int Count => Inner.Count;

    /// <inheritdoc/>
    public int InputSize => Inner.InputSize;

    /// <inheritdoc/>
    public int Classes => Inner.Classes;

    /// <inheritdoc/>
    public bool HasTargets => Inner.HasTargets;

    /// <summary>The other set.</summary>
    protected IStimulusSet Inner { get; } = inner;

    /// <inheritdoc/>
    public int LabelOf(int index) => Inner.LabelOf(index);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => Inner.CopyTarget(index, destination);

    /// <inheritdoc/>
    public virtual void CopyInput(int index, Span<float> destination) => Inner.CopyInput(index, destination);

    /// <inheritdoc/>
    public virtual void CopyShown(int index, long presentation, Span<float> destination) => Inner.CopyShown(index, presentation, destination);
}
