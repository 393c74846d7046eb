namespace Nudge.Models;

/// <summary>A value for every weight and bias of a network: a gradient, an update, or their difference.</summary>
public sealed class GradientVector
{
    /// <summary>Takes over values, which must not change any more.</summary>
    /// <param name="weights">For each directed projection (or layer), targets × sources, row by row.</param>
    /// <param name="biases">For each population (or layer), one value per unit; empty for an input population.</param>
    public GradientVector(IReadOnlyList<double[]> weights, IReadOnlyList<double[]> biases)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        (Weights, Biases) = (weights, biases);
    }

    /// <summary>For each directed projection (or layer), targets × sources, row by row.</summary>
    public IReadOnlyList<double[]> Weights { get; }

    /// <summary>For each population (or layer), one value per unit; empty for an input population.</summary>
    public IReadOnlyList<double[]> Biases { get; }

    private IEnumerable<double[]> Parts => Weights.Concat(Biases);

    /// <summary>The scalar product.</summary>
    /// <exception cref="ArgumentException">The other has another shape.</exception>
    public double Dot(GradientVector other) => Pairs(other).Sum(pair => pair.Mine * pair.Theirs);

    /// <summary>The Euclidean length.</summary>
    public double Norm() => Math.Sqrt(Dot(this));

    /// <summary>The cosine of the angle between the two; 0 where either is 0.</summary>
    /// <exception cref="ArgumentException">The other has another shape.</exception>
    public double Cosine(GradientVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double lengths = Norm() * other.Norm();
        return lengths == 0 ? 0 : Dot(other) / lengths;
    }

    /// <summary>
    /// Share of entries with the reference's sign, among those where the reference is not exactly 0.
    /// </summary>
    /// <param name="reference">What to agree with.</param>
    /// <returns>0 to 1; not a number where the reference is 0 everywhere.</returns>
    /// <exception cref="ArgumentException">The reference has another shape.</exception>
    public double SignAgreement(GradientVector reference)
    {
        (long same, long all) = (0, 0);
        foreach ((double mine, double theirs) in Pairs(reference))
        {
            all += theirs != 0 ? 1 : 0;
            same += theirs != 0 && Math.Sign(mine) == Math.Sign(theirs) ? 1 : 0;
        }

        return (double)same / all;
    }

    /// <summary>This minus the other.</summary>
    /// <exception cref="ArgumentException">The other has another shape.</exception>
    public GradientVector Subtract(GradientVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ThrowIfShapesDiffer(other);
        return new(Map(Weights, other.Weights), Map(Biases, other.Biases));

        static double[][] Map(IReadOnlyList<double[]> mine, IReadOnlyList<double[]> theirs) =>
            [.. mine.Zip(theirs, (a, b) => a.Zip(b, (x, y) => x - y).ToArray())];
    }

    /// <summary>A factor times this.</summary>
    public GradientVector Scale(double factor)
    {
        return new(Map(Weights), Map(Biases));

        double[][] Map(IReadOnlyList<double[]> parts) =>
            [.. parts.Select(part => part.Select(value => factor * value).ToArray())];
    }

    private IEnumerable<(double Mine, double Theirs)> Pairs(GradientVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ThrowIfShapesDiffer(other);
        return Parts.Zip(other.Parts).SelectMany(parts => parts.First.Zip(parts.Second));
    }

    private void ThrowIfShapesDiffer(GradientVector other)
    {
        bool same = Weights.Count == other.Weights.Count
            && Parts.Select(part => part.Length).SequenceEqual(other.Parts.Select(part => part.Length));
        if (!same)
            throw new ArgumentException("The two vectors belong to networks of different shapes.", nameof(other));
    }
}
