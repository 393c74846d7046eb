using Nudge.Numerics;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Bench.Kernels;

/// <summary>Operands of one direction of a convolution, whole, and of the dense product that has as many operations for each result.</summary>
internal sealed class WindowData
{
    private readonly WindowProducts _products;
    private readonly PanelMatrix _weights;
    private readonly float[] _x;
    private readonly float[] _y;

    public WindowData(PopulationShape source, PopulationShape target, ConnectSettings connect, bool isBackward, int lanes)
    {
        Connectivity table = connect.Create(source, target, isBackward)!;
        var population = new PopulationPlan(0, "target", new() { Role = PopulationRole.Hidden, Shape = target }, (int)target.Units, 0, 0);
        var slice = new SlicePlan(0, population, 0, (int)target.Units);
        Lanes = lanes;
        _products = new(table, lanes, slice);
        _weights = WindowProducts.Blank(table, slice);
        KernelData.Draw(_weights.Storage.Length).CopyTo(_weights.Storage);
        _x = KernelData.Draw(lanes * (int)source.Units);
        _y = KernelData.Draw(lanes * PanelMatrix.Pad(slice.Count));
        Operations = 2.0 * lanes * target.Channels * table.Connections;
    }

    public int Lanes { get; }

    /// <summary>Multiplications and additions of one call; those with zeros of a border do not count.</summary>
    public double Operations { get; }

    public void Multiply() => _products.Multiply(_weights, _x, _y);

    public void AddOuter() => _products.AddOuter(_weights, _y, _x, Lanes, 0.999f);
}
