using Nudge.Catalogue;

namespace Nudge.Interventions;

/// <summary>Undoes an earlier intervention: conditions are as if it had not been made. What was learned since stays.</summary>
public sealed record UndoIntervention : InterventionSettings
{
    /// <summary>Name of the intervention.</summary>
    public required string Of { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Of} undone";

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
    }

    internal sealed class Kind()
        : Definition("undo", "Undoes an earlier intervention, by its name.", typeof(UndoIntervention))
    {
        internal static readonly Kind Instance = new();
    }
}
