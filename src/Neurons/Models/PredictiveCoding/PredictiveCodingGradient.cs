using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Models.PredictiveCoding;

/// <summary>The exact reference of predictive coding.</summary>
internal sealed class PredictiveCodingReference : ReferenceDefinition
{
    public override string Name => PredictiveCodingModel.Instance.Name;

    public override string Summary => "Errors times activity at the clamped fixed point, and the gradient of backpropagation.";

    public override ExactReference Of(ReferenceContext context)
    {
        context.RequireFixedPoints();
        double variance = ((PredictiveCodingSettings)context.Model).OutputVariance;
        var oracle = new PredictiveCodingGradient(context.Network, variance, context.Weights, context.Training);
        return new(oracle.Contrast(), oracle.CostDescent());
    }
}

/// <summary>
/// What the updates of predictive coding should be (Whittington and Bogacz 2017): the contrast, that is v·ε_i·ρ(x_j) at
/// the fixed point of the clamped network, v being the variance of the output, since the free one has no errors; and the
/// descent of ½‖y − μ_out‖², which backpropagation gives and which the contrast approaches where the errors are small. In
/// double precision; both directions of a bidirectional projection are one parameter and receive its value.
/// </summary>
public sealed class PredictiveCodingGradient
{
    private readonly ExactWeights _weights;
    private readonly NetworkTopology _network;
    private readonly IStimulusSet _examples;
    private readonly double _variance;
    private readonly PredictiveCodingRelaxation _relaxation;

    /// <summary>Copies the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="outputVariance">The variance of its output units.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">The examples that the methods name by number.</param>
    public PredictiveCodingGradient(
        NetworkTopology network, double outputVariance, NetworkWeights weights, IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        (_network, _examples, _variance) = (network, examples, outputVariance);
        _weights = new(network, weights);
        _relaxation = new(_weights, _variance);
    }

    /// <summary>The parameters in double precision; tests move them.</summary>
    internal ExactWeights Parameters => _weights;

    /// <summary>½‖y − μ_out‖² of the free network.</summary>
    public double Cost(int example) =>
        _relaxation.Predict(Stimulus(example)).Values[_network.Output!.Index]
            .Zip(Target(example), (x, y) => (y - x) * (y - x)).Sum() / 2;

    /// <summary>Mean over all examples of ½ Σ v·ε² at the fixed point of the clamped network.</summary>
    public double FreeEnergy() => Enumerable.Range(0, _examples.Count).Average(example =>
    {
        PredictiveCodingState state = _relaxation.Relax(Stimulus(example), Target(example));
        return _network.Populations.Sum(one => (one.Role == PopulationRole.Output ? _variance : 1)
            * state.Errors[one.Index].Sum(error => error * error) / 2);
    });

    /// <summary>Mean over all examples of the output's variance times ε_i·ρ(x_j) in the clamped network.</summary>
    public GradientVector Contrast() => Mean(
        _variance, example => _relaxation.Relax(Stimulus(example), Target(example)));

    /// <summary>Mean over all examples of −dC/dθ, by backpropagation.</summary>
    public GradientVector CostDescent() => Mean(1, example => Backpropagate(Stimulus(example), Target(example)));

    /// <summary>The free network with the errors of backpropagation in the place of its own.</summary>
    private PredictiveCodingState Backpropagate(double[] stimulus, double[] target)
    {
        PredictiveCodingState state = _relaxation.Predict(stimulus);
        double[] answer = state.Values[_network.Output!.Index];
        for (int k = 0; k < target.Length; k++)
            state.Errors[_network.Output.Index][k] = target[k] - answer[k];
        IEnumerable<PopulationPlan> hidden = _network.Populations.Where(one => one.Role == PopulationRole.Hidden);
        foreach (PopulationPlan population in hidden.OrderByDescending(one => one.InputDistance))
        {
            double[] feedback = _relaxation.Feedback(population, state.Errors);
            for (int i = 0; i < feedback.Length; i++)
            {
                double slope = PredictiveCodingRelaxation.Slope(population, state.Activities[population.Index][i]);
                state.Errors[population.Index][i] = slope * feedback[i];
            }
        }

        return state;
    }

    private GradientVector Mean(double scale, Func<int, PredictiveCodingState> stateOf)
    {
        double[][] sums = [.. _weights.Weights.Select(matrix => new double[matrix.Length])];
        double[][] biases = [.. _weights.Biases.Select(bias => new double[bias.Length])];
        for (int example = 0; example < _examples.Count; example++)
        {
            PredictiveCodingState state = stateOf(example);
            foreach (ProjectionPlan projection in _network.Projections)
                Add(projection, scale / _examples.Count, state, sums[projection.Index]);
            for (int p = 0; p < biases.Length; p++)
            {
                for (int i = 0; i < biases[p].Length; i++)
                    biases[p][i] += scale / _examples.Count * state.Errors[p][i];
            }
        }

        return new(sums, biases);
    }

    private static void Add(ProjectionPlan projection, double factor, PredictiveCodingState state, double[] sum)
    {
        bool fromBelow = projection.Channel == PredictiveCodingModel.Values;
        double[] targets = (fromBelow ? state.Errors : state.Activities)[projection.Target.Index];
        double[] sources = (fromBelow ? state.Activities : state.Errors)[projection.Source.Index];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int j = 0; j < sources.Length; j++)
                sum[(i * sources.Length) + j] += factor * targets[i] * sources[j];
        }
    }

    private double[] Stimulus(int example)
    {
        float[] values = new float[_examples.InputSize];
        _examples.CopyInput(example, values);
        return [.. values.Select(value => (double)value)];
    }

    private double[] Target(int example) => ExactTargets.Of(_examples, example, _network.Output!);
}
