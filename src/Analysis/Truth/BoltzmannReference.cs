using Nudge.Models;
using Nudge.Models.BoltzmannMachine;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>
/// The exact gradient of a Boltzmann machine of one hidden population, whose visible units are the input population and,
/// beside it, the output population that holds the label. The machine has the weights of the hidden units' own copies; the
/// copies at the visible units are compared with the same gradient. A centred rule moves weights and biases together, in
/// other coordinates: its mean update is not this gradient, also where it is right.
/// </summary>
internal sealed class BoltzmannReference : ReferenceDefinition
{
    public override string Name => BoltzmannMachineModel.Instance.Name;

    public override string Summary => "The exact gradient of the log-likelihood, by enumeration.";

    public override ExactReference Of(ReferenceContext context)
    {
        (NetworkTopology network, NetworkWeights weights) = (context.Network, context.Weights);
        PopulationPlan[] hidden = [.. network.Populations.Where(one => one.Role == PopulationRole.Hidden)];
        if (hidden.Length != 1)
        {
            throw new OracleTooLargeException(
                $"The exact oracle knows Boltzmann machines of one hidden population; this one has {hidden.Length}.");
        }

        var shape = new BoltzmannShape(network, (BoltzmannMachineSettings)context.Model, hidden[0]);
        BoltzmannStatistics gradient = ExactBoltzmann.Gradient(shape.Machine(weights), Rows(network, context.Training));
        double[][] synapses = [.. network.Projections.Select(one => shape.Synapses(one, gradient))];
        double[][] biases = [.. network.Populations.Select(one => shape.Biases(one, gradient))];
        return new(new(synapses, biases), null);
    }

    private static List<float[]> Rows(NetworkTopology network, IStimulusSet training)
    {
        var rows = new List<float[]>();
        int inputs = network.Input.Size;
        for (int example = 0; example < training.Count; example++)
        {
            float[] row = new float[inputs + (network.Output?.Size ?? 0)];
            training.CopyInput(example, row.AsSpan(0, inputs));
            if (network.Output is not null)
                row[inputs + training.LabelOf(example)] = 1;
            if (row.Any(value => value is not (0 or 1)))
                throw new OracleTooLargeException("The exact oracle enumerates binary units, and the data have grey values.");
            rows.Add(row);
        }

        return rows;
    }
}
