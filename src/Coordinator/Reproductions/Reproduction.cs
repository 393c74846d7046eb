using Nudge.Experiments;
using Nudge.Experiments.Binding;
using Nudge.Measurements;
using Nudge.Running;

namespace Nudge.Reproductions;

/// <summary>A result of the literature as something that can be run: arms, seeds, and the expected results.</summary>
public sealed record Reproduction
{
    /// <summary>What <c>nudge reproduce</c> calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Title of its figures.</summary>
    public required string Title { get; init; }

    /// <summary>What the paper claims, in a sentence or two.</summary>
    public required string Claim { get; init; }

    /// <summary>What the arms are compared by.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The conditions, in the order of table and figure.</summary>
    public required IReadOnlyList<Arm> Arms { get; init; }

    /// <summary>Names of the arms that were not asked for: their runs are not made, and verdicts find no values of them.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>Runs of each arm, with the seeds 1, 2, ….</summary>
    public required int Seeds { get; init; }

    /// <summary>Runs of each arm in the quick form.</summary>
    public required int QuickSeeds { get; init; }

    /// <summary>Statements that the results are compared with.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>The axis on which arms are shown against what theory predicts; null where arms are shown one below the other.</summary>
    public TheoryAxis? Theory { get; init; }

    /// <summary>The same with some of its arms.</summary>
    /// <param name="arms">Names of the arms; none for all.</param>
    /// <exception cref="ExperimentException">There is no such arm; the message lists those that exist.</exception>
    public Reproduction Only(IReadOnlyList<string> arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        string[] names = [.. Arms.Select(arm => arm.Name)];
        if (arms.FirstOrDefault(arm => !names.Contains(arm)) is { } unknown)
        {
            string message = $"--arm {unknown}: {Name} has no such arm{Suggestion.For(unknown, names)}; expected {Words.Either(names)}";
            throw new ExperimentException([new Problem("", "", message)]);
        }

        return arms.Count == 0 ? this : this with
        {
            Arms = [.. Arms.Where(arm => arms.Contains(arm.Name))],
            LeftOut = [.. names.Except(arms)],
        };
    }

    /// <summary>
    /// All runs. Seed by seed, so that what an interruption leaves has about as many values of every arm.
    /// </summary>
    /// <param name="quick">Whether in the quick form.</param>
    /// <param name="seeds">Runs of each arm.</param>
    public IReadOnlyList<PoolJob> Jobs(bool quick, int seeds) =>
    [
        .. from seed in Enumerable.Range(1, seeds)
           from arm in Arms
           let loaded = arm.Load(quick, (ulong)seed)
           select new PoolJob(arm.Name, loaded.Settings)
           {
               VariancePhases = quick ? arm.QuickVariancePhases : arm.VariancePhases,
               TruthPhases = quick ? arm.QuickTruthPhases : arm.TruthPhases,
               Warnings = SettingsWarnings.Of(loaded),
           },
    ];
}
