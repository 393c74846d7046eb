using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Nudge.Catalogue;

namespace Nudge.Interventions;

/// <summary>What is done to one population.</summary>
public abstract record PopulationIntervention : ReversibleIntervention
{
    /// <summary>Name of the population.</summary>
    public required string Population { get; init; }

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(targets);
        targets.CheckPopulation(path, Population, findings);
    }
}

/// <summary>Cuts all links that reach or leave a population, the coordinator's too.</summary>
public sealed record CutPopulation : PopulationIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Population}: all links cut";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithApart(Population);
    }

    internal sealed class Kind() : Definition(
        "cut-population", "Cuts all links that reach or leave a population, the coordinator's too.", typeof(CutPopulation))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Stops the clocks of a population: it receives, and neither steps nor sends.</summary>
public sealed record SilencePopulation : PopulationIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Population}: clocks stand still";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithSilent(Population);
    }

    internal sealed class Kind() : Definition(
        "silence-population", "Stops the clocks of a population: it neither steps nor sends.", typeof(SilencePopulation))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Slows the clocks of a population: a step takes longer, and does as much as before.</summary>
public sealed record SlowPopulation : PopulationIntervention
{
    /// <summary>How many times as long a step takes as in the experiment file; below 1 it is faster.</summary>
    [Range(0.01, 1000)]
    public required double Factor { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"{Population}: steps take {Factor:0.##} times as long");

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithSlowness(Population, Factor);
    }

    internal sealed class Kind() : Definition(
        "slow-population", "Slows the clocks of a population by a factor.", typeof(SlowPopulation))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Restores a population: clocks and connection are again as in the experiment file.</summary>
public sealed record RestorePopulation : PopulationIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Population}: restored";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithPopulationRestored(Population);
    }

    internal sealed class Kind() : Definition(
        "restore-population", "A population's clocks and connection are again as in the experiment file.", typeof(RestorePopulation))
    {
        internal static readonly Kind Instance = new();
    }
}
