using Nudge.Numerics;

namespace Nudge.Bench.Kernels;

/// <summary>Operands of one shape, for us and for OpenBLAS.</summary>
internal sealed class KernelData
{
    // A fifth of the pixels of an MNIST image are not zero.
    private const double InkOfMnist = 0.19;

    public KernelData(int rows, int columns, int lanes)
    {
        (Rows, Columns, Lanes) = (rows, columns, lanes);
        Weights = Draw(rows * columns);
        ByRow = (float[])Weights.Clone();
        ByColumn = (float[])Weights.Clone();
        Panels = new PanelMatrix(rows, columns);
        Panels.CopyFromRowMajor(Weights);
        X = Draw(lanes * columns);
        U = new float[lanes * Panels.PaddedRows];
        for (var lane = 0; lane < lanes; lane++)
        {
            Draw(rows).CopyTo(U, lane * Panels.PaddedRows);
        }

        CompactU = Draw(lanes * rows);
        Y = new float[lanes * Panels.PaddedRows];
        V = new float[lanes * columns];
        Indices = Enumerable.Range(0, columns).Where(j => (j * InkOfMnist) % 1 < InkOfMnist).ToArray();
        Values = Draw(Indices.Length);
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Lanes { get; }

    public PanelMatrix Panels { get; }

    public float[] Weights { get; }

    public float[] ByRow { get; }

    public float[] ByColumn { get; }

    public float[] X { get; }

    public float[] U { get; }

    public float[] CompactU { get; }

    public float[] Y { get; }

    public float[] V { get; }

    public int[] Indices { get; }

    public float[] Values { get; }

    // Small, and of both signs: thousands of updates in a row must neither overflow nor become subnormal.
    internal static float[] Draw(int length) =>
        Enumerable.Range(0, length).Select(i => ((i * 37 % 101) - 50) * 0.0001f).ToArray();
}
