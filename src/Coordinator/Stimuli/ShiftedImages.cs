using System.Buffers;
using Nudge.DataSets;
using Nudge.Randomness;
using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>
/// Images that each presentation in training moves by whole pixels, drawn uniformly in both directions. Pixels that leave the image are lost, and
/// those that come in are 0. All else that reads the set sees the images as they are.
/// </summary>
/// <param name="inner">The images.</param>
/// <param name="picture">How the values of an image lie.</param>
/// <param name="most">Most pixels in each direction.</param>
/// <param name="seed">Seed of the run.</param>
public sealed class ShiftedImages(IStimulusSet inner, PictureShape picture, int most, ulong seed) : StimulusSetView(inner)
{
    private readonly RandomKey _key = new(seed, RandomPurpose.ImageShift, 0);

    /// <inheritdoc/>
    public override void CopyShown(int index, long presentation, Span<float> destination)
    {
        RandomBlock draw = _key.Draw((ulong)presentation);
        (int down, int right) = (Moved(draw.First), Moved(draw.Second));
        float[] image = ArrayPool<float>.Shared.Rent(InputSize);
        base.CopyShown(index, presentation, image.AsSpan(0, InputSize));
        for (int row = 0; row < picture.Height; row++)
        {
            for (int column = 0; column < picture.Width; column++)
            {
                (int fromRow, int fromColumn) = (row - down, column - right);
                bool inside = (uint)fromRow < (uint)picture.Height && (uint)fromColumn < (uint)picture.Width;
                for (int channel = 0; channel < picture.Channels; channel++)
                {
                    destination[picture.IndexOf(row, column, channel)] =
                        inside ? image[picture.IndexOf(fromRow, fromColumn, channel)] : 0;
                }
            }
        }

        ArrayPool<float>.Shared.Return(image);
    }

    private int Moved(double uniform) => (int)(uniform * ((2 * most) + 1)) - most;
}
