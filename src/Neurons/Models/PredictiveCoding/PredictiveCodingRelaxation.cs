using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Models.PredictiveCoding;

/// <summary>Where the clamped network of one example comes to rest.</summary>
/// <param name="Values">x for each population; the input's is its stimulus.</param>
/// <param name="Activities">What each population sends up: ρ(x); the input's and the output's x itself.</param>
/// <param name="Errors">ε for each population; 0 for the input.</param>
/// <param name="Residual">The largest |dx/dt| left, per τ: below 1e−12 unless it does not come to rest.</param>
internal sealed record PredictiveCodingState(
    double[][] Values, double[][] Activities, double[][] Errors, double Residual);

/// <summary>
/// Predictive coding in lockstep and double precision (Whittington and Bogacz 2017): the values of
/// the hidden units descend F = ½ Σ v·ε², v being the variance of a population, while input and output are held. The two
/// copies of a bidirectional projection are one parameter at their mean.
/// </summary>
internal sealed class PredictiveCodingRelaxation(ExactWeights weights, double outputVariance)
{
    private const double Tolerance = 1e-12;
    private const int MostSteps = 40_000;
    private const int StepsPerShare = 10_000;
    private readonly NetworkTopology _network = weights.Network;

    // A prediction is complete before it is passed on, since a population comes after all those below it.
    private readonly PopulationPlan[] _upward = [.. weights.Network.Populations.OrderBy(one => one.InputDistance)];

    /// <summary>The free fixed point: every value is its prediction and every error 0.</summary>
    internal PredictiveCodingState Predict(double[] stimulus)
    {
        PredictiveCodingState state = Blank(stimulus);
        foreach (PopulationPlan population in _upward.Where(one => one.Role != PopulationRole.Input))
        {
            Prediction(population, state.Activities).CopyTo(state.Values[population.Index], 0);
            Activate(population, state);
        }

        return state with { Residual = 0 };
    }

    /// <summary>Relaxes from the free fixed point with the output held at a target.</summary>
    internal PredictiveCodingState Relax(double[] stimulus, double[] target)
    {
        PredictiveCodingState state = Predict(stimulus);
        target.CopyTo(state.Values[_network.Output!.Index], 0);
        double residual = double.PositiveInfinity;
        for (int step = 0; step < MostSteps && residual >= Tolerance; step++)
            residual = Step(state, 0.1 / (1 << (step / StepsPerShare)));
        return state with { Residual = residual };
    }

    /// <summary>ρ′(x): 0 where the hard sigmoid is flat; 1 for output units, which are linear.</summary>
    internal static double Slope(PopulationPlan population, double activity)
    {
        Activation activation = population.Settings.Activation;
        if (population.Role == PopulationRole.Output)
            return 1;
        return activation == Activation.HardSigmoid && activity is not (> 0 and < 1)
            ? 0
            : ExactActivation.Slope(activation, activity);
    }

    /// <summary>W′ε summed over what lies above a population, W′ being the transpose of the weights from there.</summary>
    internal double[] Feedback(PopulationPlan population, double[][] errors)
    {
        double[] sum = new double[population.Size];
        foreach (ProjectionPlan projection in _network.Afferents(population))
        {
            if (projection.Channel == PredictiveCodingModel.Errors)
                weights.Carry(projection, errors[projection.Source.Index], sum);
        }

        return sum;
    }

    private double Step(PredictiveCodingState state, double share)
    {
        foreach (PopulationPlan population in _upward.Where(one => one.Role != PopulationRole.Input))
        {
            double precision = population.Role == PopulationRole.Output ? 1 / outputVariance : 1;
            double[] prediction = Prediction(population, state.Activities);
            double[] errors = state.Errors[population.Index];
            for (int i = 0; i < errors.Length; i++)
                errors[i] = precision * (state.Values[population.Index][i] - prediction[i]);
        }

        double largest = 0;
        foreach (PopulationPlan population in _upward.Where(one => one.Role == PopulationRole.Hidden))
        {
            double[] feedback = Feedback(population, state.Errors);
            for (int i = 0; i < feedback.Length; i++)
            {
                double slope = Slope(population, state.Activities[population.Index][i]);
                double rate = (slope * feedback[i]) - state.Errors[population.Index][i];
                state.Values[population.Index][i] += share * rate;
                largest = Math.Max(largest, Math.Abs(rate));
            }

            Activate(population, state);
        }

        return largest;
    }

    private double[] Prediction(PopulationPlan population, double[][] activities)
    {
        double[] sum = (double[])weights.Biases[population.Index].Clone();
        foreach (ProjectionPlan projection in _network.Afferents(population))
        {
            if (projection.Channel == PredictiveCodingModel.Values)
                weights.Carry(projection, activities[projection.Source.Index], sum);
        }

        return sum;
    }

    private static void Activate(PopulationPlan population, PredictiveCodingState state)
    {
        bool linear = population.Role == PopulationRole.Output;
        (double[] values, double[] activities) = (state.Values[population.Index], state.Activities[population.Index]);
        for (int i = 0; i < values.Length; i++)
            activities[i] = linear ? values[i] : ExactActivation.Value(population.Settings.Activation, values[i]);
    }

    private PredictiveCodingState Blank(double[] stimulus)
    {
        double[][] values = [.. _network.Populations.Select(one => new double[one.Size])];
        stimulus.CopyTo(values[_network.Input.Index], 0);
        double[][] activities = [.. values.Select(one => (double[])one.Clone())];
        return new(values, activities, [.. values.Select(one => new double[one.Length])], 0);
    }
}
