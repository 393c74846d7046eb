using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>Labelled grey images, a byte a pixel, so that all of MNIST takes 55 MB.</summary>
/// <param name="pixels">count × size, 0 to 255.</param>
/// <param name="labels">A class for each image, from 0.</param>
/// <param name="size">Pixels per image.</param>
/// <param name="classes">Number of classes.</param>
public sealed class ImageSet(byte[] pixels, int[] labels, int size, int classes) : IStimulusSet
{
    private static readonly float[] Grey = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public int InputSize => size;

    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public int LabelOf(int index) => labels[index];

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination)
    {
        ReadOnlySpan<byte> image = pixels.AsSpan(index * size, size);
        ReadOnlySpan<float> grey = Grey;
        for (int i = 0; i < image.Length; i++)
            destination[i] = grey[image[i]];
    }
}
