using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>How one example is written: the transform of the unit square into the image, and the pen.</summary>
internal readonly struct Hand
{
    private readonly double _xx;
    private readonly double _xy;
    private readonly double _yx;
    private readonly double _yy;
    private readonly double _x;
    private readonly double _y;

    private Hand(ref ExampleDraws draws)
    {
        double size = 19 + draws.Around(2.98);
        double slant = draws.Around(0.357);
        double turn = draws.Around(0.187);
        _xx = size * (0.85 + draws.Around(0.187));
        _xy = size * (turn - slant);
        _yx = -size * turn * 0.8;
        _yy = size * (1 + draws.Around(0.085));
        _x = 13.5 + draws.Around(2.72);
        _y = 13.5 + draws.Around(2.21);
        Thickness = 0.85 + draws.Around(0.5);
        Wobble = 0.042;
        Specks = 0.012;
        Fade = 0.55 * draws.Uniform();
    }

    /// <summary>Half the width of the pen, in pixels.</summary>
    internal double Thickness { get; }

    /// <summary>How far a point strays, as a share of the square.</summary>
    internal double Wobble { get; }

    /// <summary>Share of pixels with a speck.</summary>
    internal double Specks { get; }

    /// <summary>How uneven the ink is.</summary>
    internal double Fade { get; }

    internal static Hand Of(ref ExampleDraws draws) => new(ref draws);

    internal (double X, double Y) Place(double x, double y)
    {
        (double across, double down) = (x - 0.5, y - 0.5);
        return (_x + (_xx * across) + (_xy * down), _y + (_yx * across) + (_yy * down));
    }
}
