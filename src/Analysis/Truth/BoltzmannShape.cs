using Nudge.Models.BoltzmannMachine;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>Where the populations of a network lie in the matrices of a Boltzmann machine.</summary>
internal sealed class BoltzmannShape
{
    private readonly NetworkTopology _network;
    private readonly BoltzmannMachineSettings _model;
    private readonly PopulationPlan _hidden;
    private readonly int _visible;

    internal BoltzmannShape(NetworkTopology network, BoltzmannMachineSettings model, PopulationPlan hidden)
    {
        (_network, _model, _hidden) = (network, model, hidden);
        _visible = network.Input.Size + (network.Output?.Size ?? 0);
    }

    internal BoltzmannParameters Machine(NetworkWeights weights)
    {
        float[] products = new float[_hidden.Size * _visible];
        float[] couplings = [];
        foreach (ProjectionPlan projection in _network.Projections)
        {
            if (projection.IsWithin)
                couplings = weights.Weights[projection.Index];
            else if (IsHidden(projection.Target))
                Place(projection.Source, weights.Weights[projection.Index], products);
        }

        float[] visible = [.. weights.Biases[_network.Input.Index]];
        if (_network.Output is { } output)
            visible = [.. visible, .. weights.Biases[output.Index]];
        return BoltzmannParameters.Of(
            products,
            weights.Biases[_hidden.Index],
            visible,
            couplings,
            _model.InverseTemperature);
    }

    internal double[] Synapses(ProjectionPlan projection, BoltzmannStatistics gradient)
    {
        if (projection.IsWithin)
            return [.. gradient.HiddenProducts!];
        bool toHidden = IsHidden(projection.Target);
        PopulationPlan visible = toHidden ? projection.Source : projection.Target;
        double[] values = new double[visible.Size * _hidden.Size];
        for (int h = 0; h < _hidden.Size; h++)
        {
            for (int v = 0; v < visible.Size; v++)
            {
                int place = toHidden ? (h * visible.Size) + v : (v * _hidden.Size) + h;
                values[place] = gradient.Products[(h * _visible) + First(visible) + v];
            }
        }

        return values;
    }

    internal double[] Biases(PopulationPlan population, BoltzmannStatistics gradient) => IsHidden(population)
        ? [.. gradient.Hidden]
        : [.. gradient.Visible.Skip(First(population)).Take(population.Size)];

    private bool IsHidden(PopulationPlan population) => population.Index == _hidden.Index;

    private int First(PopulationPlan visible) => visible.Role == PopulationRole.Input ? 0 : _network.Input.Size;

    private void Place(PopulationPlan source, float[] weights, float[] products)
    {
        for (int h = 0; h < _hidden.Size; h++)
            weights.AsSpan(h * source.Size, source.Size).CopyTo(products.AsSpan((h * _visible) + First(source)));
    }
}
