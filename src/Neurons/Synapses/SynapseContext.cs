namespace Nudge.Synapses;

/// <summary>What all synapses and biases of a network have in common.</summary>
/// <param name="Seed">Seed of the run: keys the first weights.</param>
/// <param name="Lanes">Independent stimuli side by side.</param>
/// <param name="RateFactor">Multiplies every learning rate.</param>
/// <param name="Decay">Share of each weight that is lost at every update, where a projection names none of its own.</param>
/// <param name="Batch">Phases whose updates are summed before they are applied together.</param>
/// <param name="Optimiser">How gradients become changes of weights.</param>
/// <param name="Weights">How precisely weights are stored.</param>
/// <param name="ExpectedUpdates">Updates that one connection is expected to make: the horizon of linear schedules.</param>
/// <param name="ActivityIsOftenZero">Whether most units send 0 most of the time, so that listing the others saves work.</param>
public sealed record SynapseContext(
    ulong Seed,
    int Lanes,
    double RateFactor,
    double Decay,
    int Batch,
    OptimiserSettings Optimiser,
    WeightSettings Weights,
    double ExpectedUpdates,
    bool ActivityIsOftenZero);
