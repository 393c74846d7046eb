using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>
/// Products and updates of the weights of a projection with windows, on the units of one slice: channels × columns of the
/// <see cref="Topology.Connectivity"/>. It holds no state, only memory to work in.
/// </summary>
internal sealed class WindowProducts
{
    private readonly Connectivity _table;
    private readonly int _lanes;
    private readonly int _firstChannel;
    private readonly int _channels;
    private readonly int _positions;
    private readonly int _stride;
    private readonly float[] _padded;
    private readonly float[] _panel;

    /// <param name="table">The connections.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="target">The slice, whole channels of its population.</param>
    internal WindowProducts(Connectivity table, int lanes, SlicePlan target)
    {
        (_table, _lanes) = (table, lanes);
        _positions = table.Target.Positions;
        _firstChannel = target.First / _positions;
        _channels = target.Count / _positions;
        _stride = PanelMatrix.Pad(target.Count);
        _padded = new float[table.Image.IsPlain ? 0 : lanes * table.Image.Length];
        _panel = new float[table.IsFixed ? 0 : lanes * _positions * PanelMatrix.PanelRows];
    }

    /// <summary>Weights of a slice that begin at 0, or the one weight of a fixed connection.</summary>
    internal static PanelMatrix Blank(Connectivity table, SlicePlan target)
    {
        if (!table.IsFixed)
            return new(target.Count / table.Target.Positions, table.Columns);
        return new(1, 1) { [0, 0] = table.FixedWeight };
    }

    /// <summary>The current of the slice's units.</summary>
    /// <param name="weights">Its weights.</param>
    /// <param name="received">lanes × sources.</param>
    /// <param name="current">lanes × padded units; the padding is left as it is.</param>
    internal void Multiply(PanelMatrix weights, ReadOnlySpan<float> received, Span<float> current)
    {
        ReadOnlySpan<float> image = Padded(received);
        if (_table.IsFixed)
        {
            Average(weights[0, 0], image, current);
            return;
        }

        for (int panel = 0; panel * PanelMatrix.PanelRows < _channels; panel++)
        {
            foreach (GatherGroup group in _table.GatherGroups)
                MatrixKernels.MultiplyGathered(weights, panel, group, image, _panel, _lanes);
            int rows = Math.Min(PanelMatrix.PanelRows, _channels - (panel * PanelMatrix.PanelRows));
            for (int lane = 0; lane < _lanes; lane++)
            {
                MatrixKernels.PositionsToPlanes(
                    PanelOf(lane), current[((lane * _stride) + (panel * PanelMatrix.PanelRows * _positions))..], rows, _positions);
            }
        }
    }

    /// <summary>W ← keep·W + Σ over terms and connections of post × pre: shared weights learn the sum of all positions.</summary>
    /// <param name="weights">Weights, or what is summed in their place.</param>
    /// <param name="post">terms × padded units.</param>
    /// <param name="pre">terms × sources.</param>
    /// <param name="terms">A multiple of the lanes.</param>
    /// <param name="keep">What is kept of the old weights.</param>
    internal void AddOuter(PanelMatrix weights, ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, float keep)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(terms % _lanes, 0, nameof(terms));
        int sources = (int)_table.Source.Units;
        for (int first = 0; first < terms; first += _lanes)
        {
            ReadOnlySpan<float> image = Padded(pre.Slice(first * sources, _lanes * sources));
            AddLanes(weights, post.Slice(first * _stride, _lanes * _stride), image, first == 0 ? keep : 1);
        }
    }

    private void AddLanes(PanelMatrix weights, ReadOnlySpan<float> post, ReadOnlySpan<float> image, float keep)
    {
        for (int panel = 0; panel * PanelMatrix.PanelRows < _channels; panel++)
        {
            int rows = Math.Min(PanelMatrix.PanelRows, _channels - (panel * PanelMatrix.PanelRows));
            for (int lane = 0; lane < _lanes; lane++)
            {
                MatrixKernels.PlanesToPositions(
                    post[((lane * _stride) + (panel * PanelMatrix.PanelRows * _positions))..], PanelOf(lane), rows, _positions);
            }

            foreach (GatherGroup group in _table.GatherGroups)
                MatrixKernels.AddOuterGathered(weights, panel, group, _panel, image, _lanes, keep);
        }
    }

    private Span<float> PanelOf(int lane) => _panel.AsSpan(lane * _positions * PanelMatrix.PanelRows, _positions * PanelMatrix.PanelRows);

    private ReadOnlySpan<float> Padded(ReadOnlySpan<float> sources)
    {
        PaddedImage image = _table.Image;
        if (image.IsPlain)
            return sources;
        int units = (int)_table.Source.Units;
        for (int lane = 0; lane < _lanes; lane++)
            image.Fill(sources.Slice(lane * units, units), _padded.AsSpan(lane * image.Length, image.Length));
        return _padded;
    }

    private void Average(float weight, ReadOnlySpan<float> image, Span<float> current)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                int plane = (lane * _table.Image.Length) + ((_firstChannel + channel) * _table.Image.Plane);
                Span<float> into = current.Slice((lane * _stride) + (channel * _positions), _positions);
                foreach (GatherGroup group in _table.GatherGroups)
                    Average(weight, group, image.Slice(plane, _table.Image.Plane), into);
            }
        }
    }

    private static void Average(float weight, GatherGroup group, ReadOnlySpan<float> plane, Span<float> current)
    {
        ReadOnlySpan<int> pairs = group.Pairs;
        ReadOnlySpan<int> offsets = group.Offsets;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            float sum = 0;
            int origin = pairs[i];
            for (int j = 0; j < offsets.Length; j++)
                sum += plane[origin + offsets[j]];
            current[pairs[i + 1]] = weight * sum;
        }
    }
}
