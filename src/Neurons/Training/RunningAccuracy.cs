namespace Nudge.Training;

/// <summary>Share of correct answers of late, by an exponential mean that is exact while it is young.</summary>
public sealed class RunningAccuracy
{
    private const double Memory = 500;
    private double _sum;
    private double _weight;

    /// <summary>The share, or not-a-number before the first answer.</summary>
    public double Value => _weight == 0 ? double.NaN : _sum / _weight;

    /// <summary>Counts one answer.</summary>
    public void Add(bool correct)
    {
        _sum = (_sum * (1 - (1 / Memory))) + (correct ? 1 : 0);
        _weight = (_weight * (1 - (1 / Memory))) + 1;
    }

    /// <summary>Writes the mean.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_sum);
        writer.Write(_weight);
    }

    /// <summary>Reads the mean back.</summary>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _sum = reader.ReadDouble();
        _weight = reader.ReadDouble();
    }
}
