using Nudge.DataSets;
using Nudge.Signals;

namespace Nudge.Reports;

/// <summary>An example as a picture, with values of 0 to 1; of an example with others, the least becomes 0 and the greatest 1.</summary>
internal sealed class ExamplePicture
{
    private const int LeastSide = 4;
    private readonly float[] _values;
    private readonly PictureShape _shape;

    /// <summary>Takes an example of a set.</summary>
    internal ExamplePicture(IStimulusSet set, int index, PictureShape shape)
    {
        _shape = shape;
        _values = new float[set.InputSize];
        set.CopyInput(index, _values);
        (float least, float greatest) = (Math.Min(0, _values.Min()), Math.Max(1, _values.Max()));
        for (int i = 0; i < _values.Length; i++)
            _values[i] = (_values[i] - least) / (greatest - least);
    }

    /// <summary>How the values of a set's examples lie as a picture: as its files say, else a square; null where they fill none.</summary>
    internal static PictureShape? ShapeOf(StimulusSets sets)
    {
        int side = (int)Math.Sqrt(sets.Train.InputSize);
        return sets.Picture ?? (side >= LeastSide && side * side == sets.Train.InputSize ? new(side, side) : null);
    }

    /// <summary>The brightness of a pixel, 0 to 1.</summary>
    internal float Grey(int row, int column)
    {
        float sum = 0;
        for (int channel = 0; channel < _shape.Channels; channel++)
            sum += Value(row, column, channel);
        return sum / _shape.Channels;
    }

    /// <summary>One colour of a pixel, 0 to 1; that of a grey picture is its brightness.</summary>
    internal float Value(int row, int column, int channel) =>
        _values[_shape.IndexOf(row, column, Math.Min(channel, _shape.Channels - 1))];
}
