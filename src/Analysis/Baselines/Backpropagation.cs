using System.Numerics.Tensors;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Baselines;

/// <summary>
/// What the same populations, first weights and stimuli reach by backpropagation (Rumelhart, Hinton and Williams 1986): the
/// projections as a feed-forward network without links, clocks or phases. Hidden units are clipped to [0, 1], the output is a
/// softmax with cross-entropy, and every stimulus is one step of stochastic gradient descent whose rate falls to 0 linearly.
/// </summary>
public sealed class Backpropagation
{
    private readonly NetworkPlan _network;
    private readonly ProjectionPlan[][] _arriving;
    private readonly PopulationPlan[] _order;
    private readonly float[][] _weights;
    private readonly float[][] _biases;
    private readonly float[][] _activity;
    private readonly float[][] _error;

    /// <summary>Makes the network with the first weights of a run.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">It has no output, or its projections make a loop.</exception>
    public Backpropagation(NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        if (network.Projections.FirstOrDefault(one => one.Connectivity is not null) is { } windows)
        {
            throw new ArgumentException(
                $"{windows.Name} has windows, which this baseline does not train; expected connect: dense for all projections");
        }

        Output = network.Output ?? throw new ArgumentException("the network has no output population");
        ProjectionPlan[] forward = [.. network.Projections.Where(one => one.Reverse < 0 || one.Reverse > one.Index)];
        _arriving = [.. network.Populations.Select(one => forward.Where(projection => projection.Target == one).ToArray())];
        _order = InOrder();
        NetworkWeights first = NetworkWeights.Of(network, network.Slices.Select(slice => network.CreateSlice(slice)));
        _weights = [.. first.Weights.Select(one => one.ToArray())];
        _biases = [.. network.Populations.Select(one => new float[one.Size])];
        _activity = [.. network.Populations.Select(one => new float[one.Size])];
        _error = [.. network.Populations.Select(one => new float[one.Size])];
    }

    private PopulationPlan Output { get; }

    /// <summary>Trains on stimuli in the order in which a run shows them.</summary>
    /// <param name="examples">Examples to learn from.</param>
    /// <param name="presentations">How many stimuli.</param>
    /// <param name="rate">The rate of the first one.</param>
    /// <param name="classBlock">Stimuli of one class in a row; 0 for examples of all classes mixed.</param>
    /// <param name="cancellation">Stops between two stimuli.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Train(
        IStimulusSet examples, long presentations, double rate, int classBlock = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var order = new StimulusOrder(_network.Settings.Seed, examples, classBlock);
        for (long shown = 0; shown < presentations; shown++)
        {
            cancellation.ThrowIfCancellationRequested();
            Step(examples, order[shown], (float)(rate * (1 - ((double)shown / presentations))));
        }
    }

    /// <summary>Share of examples whose largest output is that of their class.</summary>
    /// <param name="examples">The examples.</param>
    public double Accuracy(IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int correct = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            Forward(examples, i);
            correct += TensorPrimitives.IndexOfMax<float>(_activity[Output.Index]) == examples.LabelOf(i) ? 1 : 0;
        }

        return (double)correct / examples.Count;
    }

    /// <summary>The gradient of the cross-entropy of one example, for tests: by projection, targets × sources.</summary>
    internal IReadOnlyList<float[]> Gradient(IStimulusSet examples, int example)
    {
        float[][] before = [.. _weights.Select(one => one.ToArray())];
        Step(examples, example, 1);
        float[][] gradient = [.. before.Select((one, i) => one.Select((value, j) => value - _weights[i][j]).ToArray())];
        for (int i = 0; i < before.Length; i++)
            before[i].CopyTo(_weights[i], 0);
        Array.ForEach(_biases, Array.Clear);
        return gradient;
    }

    /// <summary>−log of the probability that the output gives to the class of an example.</summary>
    internal double CrossEntropy(IStimulusSet examples, int example)
    {
        Forward(examples, example);
        return -Elementary.Log(_activity[Output.Index][examples.LabelOf(example)]);
    }

    /// <summary>The weights of a projection, targets × sources, by its number.</summary>
    internal float[] Weights(int projection) => _weights[projection];

    private void Step(IStimulusSet examples, int example, float rate)
    {
        Forward(examples, example);
        foreach (float[] error in _error)
            Array.Clear(error);
        float[] output = _error[Output.Index];
        TensorPrimitives.Negate(_activity[Output.Index], output);
        output[examples.LabelOf(example)] += 1;
        for (int i = _order.Length - 1; i >= 0; i--)
            Backward(_order[i], rate);
    }

    private void Forward(IStimulusSet examples, int example)
    {
        examples.CopyInput(example, _activity[_network.Input.Index]);
        foreach (PopulationPlan population in _order)
        {
            float[] activity = _activity[population.Index];
            _biases[population.Index].CopyTo(activity, 0);
            foreach (ProjectionPlan projection in _arriving[population.Index])
            {
                float[] source = _activity[projection.Source.Index];
                for (int unit = 0; unit < activity.Length; unit++)
                    activity[unit] += TensorPrimitives.Dot(Row(projection, unit), source);
            }

            if (population == Output)
                TensorPrimitives.SoftMax(activity, activity);
            else
                TensorPrimitives.Clamp(activity, 0, 1, activity);
        }
    }

    // The errors of a population are complete when those of all above it are.
    private void Backward(PopulationPlan population, float rate)
    {
        float[] error = _error[population.Index];
        float[] activity = _activity[population.Index];
        for (int unit = 0; unit < error.Length; unit++)
        {
            bool flat = population != Output && (activity[unit] <= 0 || activity[unit] >= 1);
            if (flat || error[unit] == 0)
                continue;
            foreach (ProjectionPlan projection in _arriving[population.Index])
            {
                Span<float> row = Row(projection, unit);
                float[] below = _error[projection.Source.Index];
                if (projection.Source.HasState)
                    TensorPrimitives.MultiplyAdd(row, error[unit], below, below);
                TensorPrimitives.MultiplyAdd(_activity[projection.Source.Index], rate * error[unit], row, row);
            }

            _biases[population.Index][unit] += rate * error[unit];
        }
    }

    private Span<float> Row(ProjectionPlan projection, int unit) =>
        _weights[projection.Index].AsSpan(unit * projection.Source.Size, projection.Source.Size);

    private PopulationPlan[] InOrder()
    {
        var order = new List<PopulationPlan>();
        var known = new HashSet<PopulationPlan> { _network.Input };
        while (_network.Populations.FirstOrDefault(one => !known.Contains(one)
            && _arriving[one.Index].All(projection => known.Contains(projection.Source))) is { } next)
        {
            order.Add(next);
            known.Add(next);
        }

        return known.Count == _network.Populations.Count
            ? [.. order]
            : throw new ArgumentException("its projections make a loop; backpropagation needs a network without");
    }
}
