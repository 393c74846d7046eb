using Nudge.DataSets;

namespace Nudge.Watching;

/// <summary>How a population is laid out as an image.</summary>
internal static class ImageShape
{
    /// <summary>Width and height where the units fill a square or nearly one; 0 × 0 where they do not.</summary>
    internal static (int Width, int Height) Of(int units)
    {
        int side = (int)Math.Sqrt(units);
        for (int height = side; height > side / 2 && height > 1; height--)
        {
            if (units % height == 0)
                return (units / height, height);
        }

        return (0, 0);
    }

    /// <summary>Width and height of the input as its files say, the colours side by side or one below another; else as by itself.</summary>
    /// <param name="units">Units of the input.</param>
    /// <param name="picture">How an example lies as a picture, or null.</param>
    internal static (int Width, int Height) Of(int units, PictureShape? picture) => picture switch
    {
        null => Of(units),
        { Interleaved: true } => (picture.Width * picture.Channels, picture.Height),
        _ => (picture.Width, picture.Height * picture.Channels),
    };
}
