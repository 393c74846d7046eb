using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Numerics;

namespace Nudge.Projections;

/// <summary>The biases of the units of one slice, learned like synapses from a source that is always 1.</summary>
public sealed class BiasGroup
{
    private readonly float[] _values;

    /// <summary>Makes biases of zero.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice that owns them.</param>
    public BiasGroup(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _values = new float[PanelMatrix.Pad(slice.Count)];
        ProjectionSettings? first = plan.Afferents(slice.Population).FirstOrDefault()?.Settings;
        double rate = slice.Population.Settings.BiasRate ?? first?.Rate ?? 0;
        Rate = new(rate, first?.Schedule ?? new(), plan.ExpectedUpdates);
    }

    /// <summary>b, one value per unit, padded with zeros.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The biases' learning rate.</summary>
    public LearningRate Rate { get; }

    /// <summary>Grows whenever the biases may have changed.</summary>
    public long Version { get; private set; }

    /// <summary>Sets the biases, as tests and imported networks do.</summary>
    /// <param name="values">One value per unit.</param>
    public void Set(ReadOnlySpan<float> values)
    {
        values.CopyTo(_values);
        Version++;
    }

    /// <summary>b ← b + Σ_lane post.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    public void Learn(ReadOnlySpan<float> post)
    {
        for (int lane = 0; lane < post.Length; lane += _values.Length)
            VectorKernels.Add(post.Slice(lane, _values.Length), _values);
        Version++;
    }

    /// <summary>Writes the biases.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.WriteFloats(_values);
        Rate.Save(writer);
    }

    /// <summary>Reads the biases back.</summary>
    public void Restore(BinaryReader reader)
    {
        reader.ReadFloats(_values);
        Version++;
        Rate.Restore(reader);
    }
}
