using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>Turns settings, which have been validated, into a plan.</summary>
public static class NetworkCompiler
{
    /// <summary>Numbers populations, directions, slices and links.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="expectedStimuli">Stimuli that one lane will see in the whole run.</param>
    /// <exception cref="ArgumentException">
    /// The settings name a population that does not exist, lack an input, or name a rule that does not suit the model.
    /// </exception>
    public static NetworkPlan Compile(NetworkSettings settings, long expectedStimuli)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.Learning.Rule.Rule.Suits(settings.Model.Traits))
        {
            throw new ArgumentException(
                $"The rule {settings.Learning.Rule.Definition.Name} ({settings.Learning.Rule.GetType().Name}) "
                + $"does not suit the model {settings.ModelDefinition.Name}.");
        }

        NetworkTopology topology = TopologyCompiler.Compile(new(
            settings.Populations,
            settings.Projections,
            settings.Granularity,
            settings.Links,
            settings.ModelDefinition.InputHasState,
            settings.ModelDefinition.ChannelsOf,
            settings.ModelDefinition.ChannelFrom)
        {
            BiasesPerUnit = settings.ModelDefinition.BiasesPerUnit,
        });
        return new(settings, topology, expectedStimuli);
    }
}
