using Nudge.Signals;

namespace OwnModel;

/// <summary>A data set: the letters T, L and X on 3×3 pixels, clean and with each one of the pixels inverted.</summary>
internal sealed class Glyphs : IStimulusSet
{
    private const int Versions = 10;
    private static readonly string[] Letters = ["###.#..#.", "#..#..###", "#.#.#.#.#"];

    /// <inheritdoc/>
    public int Count => Letters.Length * Versions;

    /// <inheritdoc/>
    public int InputSize => 9;

    /// <inheritdoc/>
    public int Classes => Letters.Length;

    /// <inheritdoc/>
    public int LabelOf(int index) => index / Versions;

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination)
    {
        for (int i = 0; i < InputSize; i++)
            destination[i] = Letters[LabelOf(index)][i] == '#' != (i == index % Versions) ? 1 : 0;
    }
}
