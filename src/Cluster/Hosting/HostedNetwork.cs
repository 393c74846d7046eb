using Nudge.Actors;
using Nudge.Networks;

namespace Nudge.Hosting;

/// <summary>A network as a node compiled it.</summary>
/// <param name="Network">The network.</param>
/// <param name="Settings">Pace of the actors.</param>
/// <param name="BeginsFromGivenWeights">Whether its first weights are the coordinator's, and not those that the seed draws.</param>
public sealed record HostedNetwork(NetworkPlan Network, ActorEngineSettings Settings, bool BeginsFromGivenWeights = false);

/// <summary>What a node is to compile: read, and nothing made yet.</summary>
/// <param name="Network">The network.</param>
/// <param name="ExpectedStimuli">Stimuli that one lane will see in the whole run.</param>
/// <param name="Settings">Pace of the actors.</param>
/// <param name="BeginsFromGivenWeights">
/// Whether the run names first weights of its own. Their file is the coordinator's: a node opens none and asks for its slices' states.
/// </param>
public sealed record RequestedNetwork(
    NetworkSettings Network, long ExpectedStimuli, ActorEngineSettings Settings, bool BeginsFromGivenWeights = false)
{
    /// <summary>Compiles the network of an experiment that another node has sent, if the budget allows it.</summary>
    /// <exception cref="BudgetException">It does not.</exception>
    internal static HostedNetwork Compile(NetworkSource source, NodeBudget budget, string experiment, int classes)
    {
        budget.ThrowIfTooLong(experiment);
        RequestedNetwork requested = source(experiment, classes);
        budget.ThrowIfTooLarge(requested.Network);
        return new(NetworkCompiler.Compile(requested.Network, requested.ExpectedStimuli), requested.Settings, requested.BeginsFromGivenWeights);
    }
}

/// <summary>Reads the network of an experiment. Whatever else the experiment names, files above all, is left alone.</summary>
/// <param name="experiment">The experiment file.</param>
/// <param name="classes">Classes of its examples.</param>
public delegate RequestedNetwork NetworkSource(string experiment, int classes);
