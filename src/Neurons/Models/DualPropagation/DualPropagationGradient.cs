using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Models.DualPropagation;

/// <summary>The exact reference of dual propagation.</summary>
internal sealed class DualPropagationReference : ReferenceDefinition
{
    // The contrast is even in β, so that its distance from the limit is of the order of the square of this.
    private const double Small = 1e-4;

    public override string Name => DualPropagationModel.Instance.Name;

    public override string Summary => "Differences times means at the nudged fixed point, and their limit for a small β, the gradient of the cost.";

    public override ExactReference Of(ReferenceContext context)
    {
        context.RequireFixedPoints();
        var oracle = new DualPropagationGradient(context.Network, context.Weights, context.Training);
        return new(oracle.Contrast(((DualPropagationSettings)context.Model).Beta), oracle.Contrast(Small));
    }
}

/// <summary>
/// What the updates of dual propagation should be (Høier, Staudt and Zach 2023): δ_i·s̄_j/β at the fixed point of the nudged network,
/// which backpropagation is the limit of. In double precision; both directions of a bidirectional projection are one parameter and
/// receive its value.
/// </summary>
public sealed class DualPropagationGradient
{
    private const double Tolerance = 1e-14;
    private const int MostSweeps = 20_000;
    private readonly ExactWeights _weights;
    private readonly NetworkTopology _network;
    private readonly IStimulusSet _examples;

    // What goes up is complete before it is passed on, since a population comes after all those below it.
    private readonly PopulationPlan[] _upward;

    /// <summary>Copies the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">The examples that the methods name by number.</param>
    public DualPropagationGradient(NetworkTopology network, NetworkWeights weights, IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        (_network, _examples) = (network, examples);
        _weights = new(network, weights);
        _upward = [.. network.Populations.Where(one => one.Role != PopulationRole.Input).OrderBy(one => one.InputDistance)];
    }

    /// <summary>The parameters in double precision; tests move them.</summary>
    internal ExactWeights Parameters => _weights;

    /// <summary>½‖y − s̄_out‖² without a nudge.</summary>
    public double Cost(int example)
    {
        double[] answer = Relax(example, 0).Means[_network.Output!.Index];
        return answer.Zip(Target(example), (a, y) => (y - a) * (y - a)).Sum() / 2;
    }

    /// <summary>Mean over all examples of δ_i·s̄_j/β, in the direction of learning.</summary>
    /// <param name="beta">Nudge strength, not 0.</param>
    public GradientVector Contrast(double beta)
    {
        double[][] sums = [.. _weights.Weights.Select(matrix => new double[matrix.Length])];
        double[][] biases = [.. _weights.Biases.Select(bias => new double[bias.Length])];
        double factor = 1 / (beta * _examples.Count);
        for (int example = 0; example < _examples.Count; example++)
        {
            State state = Relax(example, beta);
            foreach (ProjectionPlan projection in _network.Projections)
                AddProducts(projection, factor, state, sums[projection.Index]);
            foreach (PopulationPlan population in _upward)
            {
                double[] differences = state.Differences[population.Index];
                for (int i = 0; i < differences.Length; i++)
                    biases[population.Index][i] += factor * differences[i];
            }
        }

        return new(sums, biases);
    }

    private static void AddProducts(ProjectionPlan projection, double factor, State state, double[] sum)
    {
        bool fromBelow = projection.Channel == DualPropagationModel.Means;
        double[] targets = (fromBelow ? state.Differences : state.Means)[projection.Target.Index];
        double[] sources = (fromBelow ? state.Means : state.Differences)[projection.Source.Index];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int j = 0; j < sources.Length; j++)
                sum[(i * sources.Length) + j] += factor * targets[i] * sources[j];
        }
    }

    /// <summary>Sweeps up the network, each population with the newest of its neighbours, until nothing changes.</summary>
    private State Relax(int example, double beta)
    {
        float[] stimulus = new float[_examples.InputSize];
        _examples.CopyInput(example, stimulus);
        double[] target = Target(example);
        var state = new State(
            [.. _network.Populations.Select(one => new double[one.Size])], [.. _network.Populations.Select(one => new double[one.Size])]);
        for (int i = 0; i < stimulus.Length; i++)
            state.Means[_network.Input.Index][i] = stimulus[i];
        double residual = double.PositiveInfinity;
        for (int sweep = 0; sweep < MostSweeps && residual > Tolerance; sweep++)
            residual = _upward.Max(population => Sweep(population, state, target, beta));
        return state;
    }

    private double Sweep(PopulationPlan population, State state, double[] target, double beta)
    {
        double[] drive = (double[])_weights.Biases[population.Index].Clone();
        double[] feedback = new double[population.Size];
        foreach (ProjectionPlan projection in _network.Afferents(population))
        {
            bool fromBelow = projection.Channel == DualPropagationModel.Means;
            _weights.Carry(
                projection, (fromBelow ? state.Means : state.Differences)[projection.Source.Index], fromBelow ? drive : feedback);
        }

        double largest = 0;
        bool linear = population.Role == PopulationRole.Output;
        for (int i = 0; i < drive.Length; i++)
        {
            double pull = linear ? beta * (target[i] - drive[i]) : feedback[i];
            double plus = Value(population, linear, drive[i] + (pull / 2));
            double minus = Value(population, linear, drive[i] - (pull / 2));
            (double mean, double difference) = ((plus + minus) / 2, plus - minus);
            largest = Math.Max(largest, Math.Abs(mean - state.Means[population.Index][i]));
            largest = Math.Max(largest, Math.Abs(difference - state.Differences[population.Index][i]));
            state.Means[population.Index][i] = mean;
            state.Differences[population.Index][i] = difference;
        }

        return largest;
    }

    private static double Value(PopulationPlan population, bool linear, double current) =>
        linear ? current : ExactActivation.Value(population.Settings.Activation, current);

    private double[] Target(int example) => ExactTargets.Of(_examples, example, _network.Output!);

    /// <summary>Mean and difference of the two states of each unit, by population; the input's difference is 0.</summary>
    private sealed record State(double[][] Means, double[][] Differences);
}
