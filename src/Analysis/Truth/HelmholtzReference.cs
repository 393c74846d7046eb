using Nudge.Models;
using Nudge.Models.HelmholtzMachine;
using Nudge.Oracles;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>
/// The exact mean updates of wake-sleep, by enumeration: at generative synapses those of a positive phase, at recognition synapses
/// those of a negative one. Together they are no gradient of one cost, which is a property of wake-sleep and not of the estimate.
/// </summary>
internal sealed class HelmholtzReference : ReferenceDefinition
{
    public override string Name => HelmholtzMachineModel.Instance.Name;

    public override string Summary =>
        "The gradients of log p by generative weights in wake and of log q by recognition weights in sleep, by enumeration.";

    public override ExactReference Of(ReferenceContext context)
    {
        NetworkTopology network = context.Network;
        var reading = new HelmholtzReading(network);
        HelmholtzGradient gradient = HelmholtzGradient.Of(reading.Of(context.Weights), Rows(network, context.Training));
        return new(
            new(
                [.. network.Projections.Select(one => reading.Synapses(one, gradient))],
                [.. network.Populations.Select(one => reading.Biases(one, gradient))]),
            null);
    }

    private static List<float[]> Rows(NetworkTopology network, IStimulusSet training)
    {
        var rows = new List<float[]>();
        for (int example = 0; example < training.Count; example++)
        {
            float[] row = new float[network.Input.Size];
            training.CopyInput(example, row);
            if (row.Any(value => value is not (0 or 1)))
                throw new OracleTooLargeException("The exact oracle enumerates binary units, and the data have grey values.");
            rows.Add(row);
        }

        return rows;
    }
}
