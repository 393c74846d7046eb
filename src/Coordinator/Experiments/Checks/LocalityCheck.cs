using Nudge.Audit;

namespace Nudge.Experiments.Checks;

/// <summary>
/// Refuses the rule of a plug-in that can reach more than its own synapses and what arrives there (theory §5). The rules of the
/// program itself are limited by the types that they are handed, and audited by tests.
/// </summary>
internal static class LocalityCheck
{
    internal static void Run(CheckContext context)
    {
        if (Definitions.All.Assemblies.Contains(context.Rule.GetType().Assembly))
            return;
        try
        {
            AuditNetworks.Inspect(context.Model, context.Settings.Model, context.Settings.Learning);
        }
        catch (LocalityException error)
        {
            context.Error("learning.rule", $"{context.Rule.Name} is not local: {error.Message}");
        }
    }
}
