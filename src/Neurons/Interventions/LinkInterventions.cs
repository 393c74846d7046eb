using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Nudge.Catalogue;
using Nudge.Links;

namespace Nudge.Interventions;

/// <summary>Other loss, delay or duplication of some links. What is not given stays.</summary>
public sealed record ChangeLinks : ReversibleIntervention
{
    /// <summary>
    /// Which links: all (between populations), control (of the coordinator), phase (of tags that have links of their own), a
    /// projection, or a direction of one.
    /// </summary>
    public string Links { get; init; } = LinkSelection.All;

    /// <summary>Loss of messages from now on.</summary>
    public LossSettings? Loss { get; init; }

    /// <summary>Delay of each message from now on.</summary>
    public DelaySettings? Delay { get; init; }

    /// <summary>Share of messages that arrive twice from now on.</summary>
    [Range(0, 1)]
    public double? Duplicate { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Links}: {string.Join(", ", Changes())}";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithLinks(Links, link => link with
        {
            Settings = link.Settings with
            {
                Loss = Loss ?? link.Settings.Loss,
                Delay = Delay ?? link.Settings.Delay,
                Duplicate = Duplicate ?? link.Settings.Duplicate,
            },
        });
    }

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(findings);
        targets.CheckLinks(path, Links, findings);
        Loss?.Check($"{path}.loss", findings);
        Delay?.Check($"{path}.delay", findings);
        if (Loss is null && Delay is null && Duplicate is null)
            findings.Error(path, "changes nothing; expected loss, delay or duplicate");
    }

    private IEnumerable<string> Changes()
    {
        if (Loss is not null)
            yield return Loss is NoLoss ? "no loss" : Text($"loss {Loss.MeanLoss:0.###} ({Loss.Definition.Name})");
        if (Delay is not null)
            yield return Delay is NoDelay ? "no delay" : Text($"delay {Delay.MeanDelay:0.###} τ ({Delay.Definition.Name})");
        if (Duplicate is not null)
            yield return Text($"duplicates {Duplicate:0.###}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal sealed class Kind()
        : Definition("change-links", "Changes loss, delay or duplication of links.", typeof(ChangeLinks))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Cuts some links: from now on they carry nothing.</summary>
public sealed record CutLinks : ReversibleIntervention
{
    /// <summary>Which links, as for change-links.</summary>
    public string Links { get; init; } = LinkSelection.All;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Links}: cut";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithLinks(Links, link => link with { Cut = true });
    }

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(targets);
        targets.CheckLinks(path, Links, findings);
    }

    internal sealed class Kind() : Definition("cut-links", "Cuts links: they carry nothing.", typeof(CutLinks))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Restores some links: from now on they are as in the experiment file, and not cut.</summary>
public sealed record RestoreLinks : ReversibleIntervention
{
    /// <summary>Which links, as for change-links.</summary>
    public string Links { get; init; } = LinkSelection.All;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"{Links}: restored";

    /// <inheritdoc/>
    public override NetworkConditions ApplyTo(NetworkConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.WithLinksRestored(Links);
    }

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(targets);
        targets.CheckLinks(path, Links, findings);
    }

    internal sealed class Kind()
        : Definition("restore-links", "Links are again as in the experiment file, and not cut.", typeof(RestoreLinks))
    {
        internal static readonly Kind Instance = new();
    }
}
