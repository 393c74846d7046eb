namespace Nudge.Bench.Kernels;

/// <summary>Operands of the kernels that work on plain vectors.</summary>
internal sealed class FunctionData
{
    public FunctionData(int length)
    {
        X = Enumerable.Range(0, length).Select(i => ((i * 37 % 101) - 50.5f) * 0.08f).ToArray();
        Negative = X.Select(x => -x).ToArray();
        Same = (float[])X.Clone();
        (Y, Z, Differences, Indices) = (new float[length], new float[length], new float[length], new int[length]);
    }

    public float[] X { get; }

    public float[] Negative { get; }

    public float[] Same { get; }

    public float[] Y { get; }

    public float[] Z { get; }

    public float[] Differences { get; }

    public int[] Indices { get; }

    /// <summary>The standard library's way: one call for each element.</summary>
    public void Each(Func<float, float> function)
    {
        for (var i = 0; i < X.Length; i++)
        {
            Y[i] = function(X[i]);
        }
    }
}
