using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>What the updates of a network should be on average, in the layout of <see cref="NetworkWeights"/>.</summary>
/// <param name="Gradient">What the estimator estimates, in the direction of learning.</param>
/// <param name="CostDescent">
/// The descent of the cost itself, where the estimated contrast only approaches it; null in models without one.
/// </param>
public sealed record ExactReference(GradientVector Gradient, GradientVector? CostDescent);

/// <summary>The network whose exact gradient is sought.</summary>
/// <param name="Network">Populations and projections.</param>
/// <param name="Model">The settings of its model.</param>
/// <param name="Classes">Classes of the examples.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Training">All that is shown in training.</param>
public sealed record ReferenceContext(
    NetworkTopology Network, ModelSettings Model, int Classes, NetworkWeights Weights, IStimulusSet Training)
{
    /// <summary>Units above which no reference looks for fixed points.</summary>
    public const int MostRelaxedUnits = 2000;

    /// <summary>Refuses a network whose fixed points would take too long to find.</summary>
    /// <exception cref="OracleTooLargeException">
    /// It has more than <see cref="MostRelaxedUnits"/> units beside those of the input.
    /// </exception>
    public void RequireFixedPoints()
    {
        int units = Network.Populations.Where(one => one.Role != PopulationRole.Input).Sum(one => one.Size);
        if (units > MostRelaxedUnits)
        {
            throw new OracleTooLargeException(
                $"The exact oracle relaxes {units} units in double precision; expected at most {MostRelaxedUnits}.");
        }
    }
}

/// <summary>
/// The exact reference of a model: what the truth meter compares the mean update with. A catalogue finds it; at most one for
/// each model.
/// </summary>
public abstract class ReferenceDefinition : IDefinition
{
    /// <summary>Name of the model.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <summary>Finds the exact gradient of a network.</summary>
    /// <exception cref="OracleTooLargeException">The network is too large for an exact answer.</exception>
    public abstract ExactReference Of(ReferenceContext context);
}
