namespace Nudge.Plasticity;

/// <summary>Makes the rule that the settings name, with what batches or measures its updates around it.</summary>
public static class RuleFactory
{
    /// <summary>What batches and measurements carry from phase to phase beside the rule, and why.</summary>
    public static IReadOnlyList<CarriedDeclaration> Carries { get; } = [.. BatchedRule.Carries, .. MeteredRule.Carries];

    /// <summary>Makes a fresh rule for one slice.</summary>
    /// <param name="context">The slice and its settings.</param>
    public static IPlasticityRule Create(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IPlasticityRule rule = context.Settings.Rule.Create(context);
        if (context.Batch > 1)
            rule = new BatchedRule(rule, context.Batch);
        return context.MeasuresSecondMoments ? new MeteredRule(rule, context) : rule;
    }
}
