using Nudge.Models;
using Nudge.Models.ContrastiveHebbian;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Truth;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>The contrast of two phases is what equilibrium propagation predicts.</summary>
public sealed class ContrastTests
{
    [Theory]
    [InlineData(Activation.HardSigmoid, 1)]
    [InlineData(Activation.HardSigmoid, 2)]
    [InlineData(Activation.Sigmoid, 1)]
    [InlineData(Activation.Sigmoid, 2)]
    [InlineData(Activation.Tanh, 1)]
    [InlineData(Activation.Tanh, 2)]
    public void A_vanishing_nudge_descends_the_cost(Activation activation, int hiddenLayers)
    {
        EquilibriumGradient oracle = EquilibriumNetworks.Oracle(activation, hiddenLayers);
        GradientVector descent = oracle.CostDescent(EquilibriumNetworks.All);
        // Theorem 1 leaves an error in proportion to β; centring leaves one in proportion to β².
        double fine = Error(oracle, descent, 1e-3, NegativePhase.Free);
        Assert.True(fine < 0.01, $"one-sided: {fine}");
        Assert.Equal(2, Error(oracle, descent, 2e-3, NegativePhase.Free) / fine, 0.05);
        double centred = Error(oracle, descent, 1e-3, NegativePhase.Opposed);
        Assert.True(centred < 1e-4, $"centred: {centred}");
        if (activation != Activation.HardSigmoid)
            Assert.Equal(4, Error(oracle, descent, 2e-3, NegativePhase.Opposed) / centred, 0.05);
    }

    [Theory]
    [InlineData(Activation.Sigmoid, 1)]
    [InlineData(Activation.Tanh, 2)]
    public void An_oscillating_nudge_has_three_quarters_of_the_bias_of_a_centred_one(Activation activation, int hiddenLayers)
    {
        // sin has the mean square ½ and the mean fourth power 3/8: φ′ + β²φ‴/8, where centring leaves φ′ + β²φ‴/6 (theory §3e).
        EquilibriumGradient oracle = EquilibriumNetworks.Oracle(activation, hiddenLayers);
        GradientVector descent = oracle.CostDescent(EquilibriumNetworks.All);
        var oscillating = new NudgeSettings { Waveform = NudgeWaveform.Oscillating };
        double Off(double beta) => oracle.Contrast(
            EquilibriumNetworks.All, new EquilibriumPropagationSettings { Beta = beta, Nudge = oscillating }).Subtract(descent).Norm();
        double centred = oracle.Contrast(
            EquilibriumNetworks.All, new EquilibriumPropagationSettings { Beta = 0.05, Negative = NegativePhase.Opposed })
            .Subtract(descent).Norm();
        Assert.Equal(0.75, Off(0.05) / centred, 0.02);
        Assert.Equal(4, Off(0.05) / Off(0.025), 0.1);
    }

    [Theory]
    [InlineData(Activation.HardSigmoid, 1)]
    [InlineData(Activation.HardSigmoid, 2)]
    [InlineData(Activation.Tanh, 2)]
    public void With_damped_feedback_a_vanishing_nudge_descends_the_cost_up_to_a_factor_of_each_layer(
        Activation activation, int hiddenLayers)
    {
        const double Feedback = 0.3;
        (NetworkPlan network, NetworkWeights weights) = EquilibriumNetworks.Make(activation, hiddenLayers);
        var oracle = new EquilibriumGradient(network, weights, EquilibriumNetworks.Examples, Feedback);
        GradientVector descent = oracle.CostDescent(EquilibriumNetworks.All);
        GradientVector contrast = oracle.Contrast(
            EquilibriumNetworks.All, new EquilibriumPropagationSettings { Beta = 1e-3, Feedback = Feedback });
        // A layer d hops below the output has the factor γ⁻ᵈ in the energy of the damped dynamics (theory §4).
        foreach (ProjectionPlan projection in network.Projections)
        {
            int hops = Math.Min(projection.Source.OutputDistance, projection.Target.OutputDistance);
            AllNear(descent.Weights[projection.Index], Times(contrast.Weights[projection.Index], hops), 0.02);
        }

        foreach (PopulationPlan population in network.Populations.Where(one => one.Role != PopulationRole.Input))
            AllNear(descent.Biases[population.Index], Times(contrast.Biases[population.Index], population.OutputDistance), 0.02);

        // Without the factors it is another vector, or the law above would show nothing.
        Assert.True(contrast.Subtract(descent).Norm() > 0.2 * descent.Norm());

        static double[] Times(double[] values, int hops) => [.. values.Select(value => value * Math.Pow(Feedback, -hops))];
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void A_finite_nudge_agrees_with_an_independent_relaxation(double beta)
    {
        (NetworkPlan network, NetworkWeights weights) = EquilibriumNetworks.Make(Activation.HardSigmoid, 1);
        var oracle = new EquilibriumGradient(network, weights, EquilibriumNetworks.Examples);
        var reference = new Testing.TwoLayerEquilibrium(
            weights.Weights[0], weights.Weights[1], weights.Biases[1], weights.Biases[2]);
        (double[] below, double[] above) = reference.Contrast(EquilibriumNetworks.Examples, beta);
        GradientVector contrast = oracle.Contrast(EquilibriumNetworks.All, beta);
        AllNear(below, contrast.Weights[0]);
        AllNear(above, contrast.Weights[1]);
    }

    [Fact]
    public void Contrastive_Hebbian_learning_clamps_its_output_by_default()
    {
        (NetworkPlan plain, NetworkWeights weights) = EquilibriumNetworks.Make(Activation.HardSigmoid, 1);
        var oracle = new EquilibriumGradient(plain, weights, EquilibriumNetworks.Examples);
        GradientVector clamped = oracle.Contrast(EquilibriumNetworks.All, 1, clamped: true);
        NetworkPlan network =
            NetworkCompiler.Compile(plain.Settings with { Model = new ContrastiveHebbianSettings() }, 1);
        GradientVector hebbian = ExactReferences.Of(network, weights, EquilibriumNetworks.Examples).Gradient;
        Assert.Equal(0, hebbian.Subtract(clamped).Norm());
    }

    [Theory]
    [InlineData(Activation.HardSigmoid)]
    [InlineData(Activation.Tanh)]
    public void Clamping_is_the_limit_of_a_strong_nudge_without_its_scale(Activation activation)
    {
        EquilibriumGradient oracle = EquilibriumNetworks.Oracle(activation, 2);
        GradientVector clamped = oracle.Contrast(EquilibriumNetworks.All, 1, clamped: true);
        // A finite nudge holds the state near the target and sends ρ of it: the target only where ρ(s) = s.
        if (activation == Activation.HardSigmoid)
        {
            GradientVector strong = oracle.Contrast(EquilibriumNetworks.All, 25).Scale(25);
            Assert.True(clamped.Cosine(strong) > 0.99, $"cosine {clamped.Cosine(strong)}");
        }

        double output = Enumerable.Range(0, 3).Average(example =>
            Target(activation, example) - oracle.FreeState(example).Activities[3][0]);
        Assert.Equal(output, clamped.Biases[3][0], 1e-10);
    }

    [Fact]
    public void Both_copies_of_a_shared_parameter_receive_its_value_and_count_at_their_mean()
    {
        (NetworkPlan network, NetworkWeights weights) =
            EquilibriumNetworks.Make(Activation.Tanh, 1, copies: Initialisation.Independent);
        var oracle = new EquilibriumGradient(network, weights, EquilibriumNetworks.Examples);
        float there = weights.Weights[1][1];
        float back = weights.Weights[2][network.Projections[1].Target.Size];
        Assert.NotEqual(there, back);
        Assert.Equal(((double)there + back) / 2, oracle.Parameters.Weights[1][1]);
        foreach (GradientVector vector in (GradientVector[])
            [oracle.CostDescent(EquilibriumNetworks.All), oracle.Contrast(EquilibriumNetworks.All, 0.5)])
        {
            double[] reverse = ExactTranspose(vector.Weights[2], 2);
            Assert.Equal(vector.Weights[1], reverse);
        }
    }

    [Theory]
    [InlineData(Activation.HardSigmoid)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    public void The_free_state_is_at_rest(Activation activation)
    {
        EquilibriumState state = EquilibriumNetworks.Oracle(activation, 2).FreeState(1);
        Assert.True(state.Residual < 1e-12, $"residual {state.Residual}");
        Assert.Equal(4, state.States.Count);
        Assert.Equal(state.States[0], state.Activities[0]);
    }

    private static double Target(Activation activation, int example) =>
        EquilibriumNetworks.Examples.LabelOf(example) == 0 ? 1 : activation == Activation.Tanh ? -1 : 0;

    private static double Error(
        EquilibriumGradient oracle, GradientVector descent, double beta, NegativePhase negative)
    {
        var model = new EquilibriumPropagationSettings { Beta = beta, Negative = negative };
        return oracle.Contrast(EquilibriumNetworks.All, model).Subtract(descent).Norm() / descent.Norm();
    }

    private static double[] ExactTranspose(double[] matrix, int columns) =>
        [.. Enumerable.Range(0, matrix.Length).Select(place =>
            matrix[(place % (matrix.Length / columns) * columns) + (place / (matrix.Length / columns))])];

    private static void AllNear(double[] expected, double[] found, double relative = 0)
    {
        double tolerance = 1e-9 + (relative * expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
