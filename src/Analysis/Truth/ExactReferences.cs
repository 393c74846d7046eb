using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>Finds the exact reference of a network's model.</summary>
public static class ExactReferences
{
    /// <summary>Finds the exact gradient of a network by the reference of its model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="training">All that is shown in training.</param>
    /// <exception cref="OracleTooLargeException">There is no exact answer, or the network is too large for one.</exception>
    public static ExactReference Of(NetworkPlan network, NetworkWeights weights, IStimulusSet training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(training);
        if (!network.Settings.Devices.IsIdeal)
            throw new OracleTooLargeException("The exact gradient is that of a network without deviating devices, and this one has them.");
        // A model brings its reference in its own assembly; those of the built-in models stand here.
        DefinitionCatalogue catalogue =
            DefinitionCatalogue.BuiltIn.With(typeof(ExactReferences).Assembly, network.Model.GetType().Assembly);
        ReferenceDefinition reference = catalogue.All<ReferenceDefinition>()
            .FirstOrDefault(one => one.Name == network.Model.Name)
            ?? throw new OracleTooLargeException($"There is no exact reference for the model {network.Model.Name}.");
        bool hasWindows = network.Projections.Any(one => one.Connectivity is not null);
        ExactReference exact = reference.Of(new(
            network, network.Settings.Model, network.Settings.Classes, hasWindows ? weights.WrittenOut(network) : weights, training));
        return hasWindows
            ? new(Fold(network, exact.Gradient), exact.CostDescent is { } descent ? Fold(network, descent) : null)
            : exact;
    }

    // The gradient by a shared weight is the sum of those by the connections that share it.
    private static GradientVector Fold(NetworkPlan network, GradientVector all) => new(
        [.. network.Projections.Select(one => one.Connectivity is { } table ? table.Fold(all.Weights[one.Index]) : all.Weights[one.Index])],
        [.. network.Populations.Select(one => Fold(all.Biases[one.Index], one.UnitsPerBias))]);

    private static double[] Fold(double[] biases, int units) =>
        units == 1 ? biases : [.. biases.Chunk(units).Select(shared => shared.Sum())];
}
