using Nudge.Simulation.World;

namespace Nudge.Simulation.Pacing;

/// <summary>What goes wrong while slices and coordinator pace each other.</summary>
internal enum PacingFaultKind
{
    /// <summary>A data connection is reset: what was under way in both directions is lost, and it is made again later.</summary>
    Reset,

    /// <summary>A data connection is reset when only one direction has something under way.</summary>
    ResetOneWay,

    /// <summary>Several resets one after the other.</summary>
    ResetOften,

    /// <summary>Nothing arrives by a data connection for a while; then all does.</summary>
    Hold,

    /// <summary>Nothing arrives by a data connection for a while; then it is reset.</summary>
    HoldAndReset,

    /// <summary>A process does nothing for a while, and then all at once.</summary>
    Stall,

    /// <summary>The actor of a slice fails and is restarted in place.</summary>
    Restart,

    /// <summary>A slice is lost; another incarnation continues from an older state.</summary>
    Lose,

    /// <summary>A process ends with all its slices, which continue elsewhere.</summary>
    EndProcess,

    /// <summary>A process is taken for unreachable for a while, though its slices go on.</summary>
    Flap,

    /// <summary>All stands still while a slice is handed over in order.</summary>
    HandOver,

    /// <summary>All stands still for a while.</summary>
    Freeze,
}

/// <summary>One fault of a scenario.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When.</param>
/// <param name="For">For how long, where it ends.</param>
/// <param name="About">What it is about: a process, a slice or a connection, by number.</param>
internal sealed record PacingFault(PacingFaultKind Kind, TimeSpan At, TimeSpan For, int About)
{
    public override string ToString() => $"{At.TotalSeconds:0.0000000} s {Kind} {About} for {For.TotalSeconds:0.0000000} s";
}

/// <summary>One intervention of a scenario.</summary>
/// <param name="Kind">Which one, by number.</param>
/// <param name="At">When people ask for it.</param>
/// <param name="About">What it is about, by number.</param>
internal sealed record PacingChange(int Kind, TimeSpan At, int About)
{
    public override string ToString() => $"{At.TotalSeconds:0.0000000} s intervention {Kind} about {About}";
}

/// <summary>What one run is put through.</summary>
/// <param name="Seed">The seed; network, transport and all small delays are drawn by it.</param>
/// <param name="Workers">Processes beside the coordinator's; none means that all actors are in one.</param>
/// <param name="Faults">The faults.</param>
/// <param name="Changes">The interventions. All of them are undone when the last fault has ended.</param>
internal sealed record PacingScenario(
    int Seed, int Workers, IReadOnlyList<PacingFault> Faults, IReadOnlyList<PacingChange> Changes)
{
    private const double FaultsWithin = 4;

    private static readonly PacingFaultKind[] Kinds = Enum.GetValues<PacingFaultKind>();

    private static readonly PacingFaultKind[] OfOneProcess = [PacingFaultKind.Stall, PacingFaultKind.Restart, PacingFaultKind.Freeze];

    /// <summary>When all faults have ended.</summary>
    internal TimeSpan Healed => Faults.Select(fault => fault.At + fault.For).Concat(Changes.Select(change => change.At))
        .Append(TimeSpan.Zero).Max() + TimeSpan.FromSeconds(0.1);

    /// <summary>Whether nothing goes wrong, on links that lose and delay nothing.</summary>
    internal static bool IsCalm(int seed) => new Draws(seed, "calm").Chance(0.08);

    /// <summary>Draws a scenario by its seed.</summary>
    internal static PacingScenario Of(int seed)
    {
        var draws = new Draws(seed, "pacing scenario");
        int workers = draws.Chance(0.12) ? 0 : 1 + draws.Below(3);
        if (IsCalm(seed))
            return new(seed, workers, [], []);
        PacingFaultKind[] from = workers == 0 ? OfOneProcess : Kinds;
        // Few kinds at a time, a different choice for each seed: with all of them in each run, none would have its way.
        PacingFaultKind[] kinds = [.. Enumerable.Range(0, 1 + draws.Below(3)).Select(_ => draws.Of(from))];
        var faults = new List<PacingFault>();
        for (int count = draws.Below(9); count > 0; count--)
        {
            TimeSpan at = draws.Chance(0.3) ? draws.Seconds(0, 0.3) : draws.Seconds(0, FaultsWithin);
            TimeSpan length = draws.Chance(0.7) ? draws.Seconds(0.01, 0.5) : draws.Seconds(0.1, 5);
            faults.Add(new(draws.Of(kinds), at, length, draws.Below(1000)));
        }

        var changes = new List<PacingChange>();
        for (int count = draws.Chance(0.4) ? 1 + draws.Below(4) : 0; count > 0; count--)
        {
            // Clocks that stand still have more to do with pacing than all other interventions.
            int kind = draws.Chance(0.3) ? PacingNetwork.Silence : draws.Below(PacingNetwork.Interventions);
            changes.Add(new(kind, draws.Chance(0.3) ? TimeSpan.Zero : draws.Seconds(0, FaultsWithin), draws.Below(1000)));
        }

        return new(seed, workers, [.. faults.OrderBy(fault => fault.At)], [.. changes.OrderBy(change => change.At)]);
    }

    public override string ToString() =>
        $"seed {Seed}: {Workers} workers, {PacingNetwork.Describe(Seed)}\n  {string.Join("\n  ", Faults)}\n  {string.Join("\n  ", Changes)}";
}
