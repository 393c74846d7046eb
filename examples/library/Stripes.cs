using Nudge.Signals;

namespace Library;

/// <summary>Examples of one's own: bars across or down a square of 5×5 pixels.</summary>
internal sealed class Stripes : IStimulusSet
{
    private const int Side = 5;

    public int Count => 2 * Side;

    public int InputSize => Side * Side;

    public int Classes => 2;

    public int LabelOf(int index) => index / Side;

    public void CopyInput(int index, Span<float> destination)
    {
        for (int pixel = 0; pixel < InputSize; pixel++)
            destination[pixel] = (LabelOf(index) == 0 ? pixel / Side : pixel % Side) == index % Side ? 1 : 0;
    }
}
