namespace Nudge.Neurons.Tests.Models.BoltzmannMachine;

/// <summary>
/// Means of a correlated series with honest standard errors: the series is cut into batches that are much longer than its
/// memory, whose means are as good as independent.
/// </summary>
internal sealed class BatchMeans(int size, int batchLength)
{
    private readonly List<double[]> _batches = [];
    private double[] _sum = new double[size];
    private int _inBatch;

    public void Add(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < size; i++)
            _sum[i] += values[i] / batchLength;
        if (++_inBatch < batchLength)
            return;
        _batches.Add(_sum);
        (_sum, _inBatch) = (new double[size], 0);
    }

    public void AssertNear(IReadOnlyList<double> expected, string what)
    {
        for (int i = 0; i < size; i++)
        {
            double mean = _batches.Average(batch => batch[i]);
            double variance = _batches.Sum(batch => (batch[i] - mean) * (batch[i] - mean)) / (_batches.Count - 1);
            double error = Math.Sqrt(variance / _batches.Count);
            Assert.True(error < 0.02, $"{what} {i}: the test sees nothing, standard error {error}");
            Assert.True(
                Math.Abs(mean - expected[i]) < (5 * error) + 1e-6,
                $"{what} {i}: {mean} ± {error}, exactly {expected[i]}");
        }
    }
}
