using Nudge.Signals;

namespace Nudge.Audit;

/// <summary>One pattern for each class, each with inputs of its own.</summary>
/// <param name="inputSize">Values of a pattern.</param>
/// <param name="classes">Classes.</param>
internal sealed class AuditExamples(int inputSize, int classes) : IStimulusSet
{
    public int Count => classes;

    public int InputSize => inputSize;

    public int Classes => classes;

    public int LabelOf(int index) => index;

    public void CopyInput(int index, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = (i + index) % classes == 0 ? 1 : 0;
    }
}
