using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Stimuli;

namespace Nudge.Truth;

/// <summary>What the updates of a network should be on average, in the layout of <see cref="NetworkWeights"/>.</summary>
/// <param name="Gradient">What the estimator estimates, in the direction of learning.</param>
/// <param name="CostDescent">
/// The descent of the cost itself, which the contrast of equilibrium propagation only approaches; none in other models.
/// </param>
public sealed record ExactReference(GradientVector Gradient, GradientVector? CostDescent)
{
    /// <summary>Units above which fixed points are not looked for.</summary>
    public const int MostEquilibriumUnits = 2000;

    /// <summary>Finds the exact gradient of a network by the oracle of its model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="training">All that is shown in training.</param>
    /// <exception cref="OracleTooLargeException">The network is too large for an exact answer.</exception>
    public static ExactReference Of(NetworkPlan network, NetworkWeights weights, IStimulusSet training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(training);
        return network.Settings.Model.Kind switch
        {
            ModelKind.BoltzmannMachine => new(BoltzmannReference.Of(network, weights, training), null),
            ModelKind.ForwardForward => new(ForwardForwardReference.Of(network, weights, training), null),
            _ => OfEquilibrium(network, weights, training),
        };
    }

    private static ExactReference OfEquilibrium(NetworkPlan network, NetworkWeights weights, IStimulusSet training)
    {
        int units = network.Populations.Where(one => one.Role != PopulationRole.Input).Sum(one => one.Size);
        if (units > MostEquilibriumUnits)
        {
            throw new OracleTooLargeException($"The exact oracle relaxes {units} units in double precision; "
                + $"expected at most {MostEquilibriumUnits}.");
        }

        ModelSettings model = network.Settings.Model;
        if (model.ClampsOutput)
            model = model with { Output = OutputDrive.Clamped };
        int[] all = [.. Enumerable.Range(0, training.Count)];
        var oracle = new EquilibriumGradient(network, weights, training);
        GradientVector contrast = oracle.Contrast(all, model);
        if (model.RandomSign)
        {
            GradientVector opposite = oracle.Contrast(all, model with { Beta = -model.Beta });
            contrast = contrast.Subtract(opposite.Scale(-1)).Scale(0.5);
        }

        return new(contrast, oracle.CostDescent(all));
    }
}
