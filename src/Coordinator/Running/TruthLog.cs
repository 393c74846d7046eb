using Nudge.Populations;
using Nudge.Recording;
using Nudge.Truth;

namespace Nudge.Running;

/// <summary>Takes readings of the truth meter during a run, and keeps them in truth.csv.</summary>
internal sealed class TruthLog : IDisposable
{
    /// <summary>Training examples that a reading uses, unless asked for more: an exact gradient costs time for each.</summary>
    internal const int UsualExamples = 200;

    private readonly PreparedRun _run;
    private readonly long _every;
    private readonly List<TruthRow> _rows = [];
    private readonly RowFile? _file;

    internal TruthLog(PreparedRun run, RunDirectory directory, int rows)
    {
        _run = run;
        _every = run.Settings.Run.TruthEvery;
        if (_every == 0)
            return;
        string path = directory.FilePath(RunFiles.TruthTable);
        if (rows > 0)
            _rows.AddRange(RowFile.Read(path).Take(rows).Select(TruthRow.Parse));
        _file = RowFile.Open(path, TruthRow.Header, rows);
    }

    internal IReadOnlyList<TruthRow> Rows => _rows;

    /// <summary>Presentations at which the next reading is due; one that was given up stays due.</summary>
    internal long Next => _file is null ? long.MaxValue
        : _rows.Count == 0 ? 0
        : ((_rows[^1].Presentations / _every) + 1) * _every;

    /// <summary>Takes the reading of this moment, if one is due or it is the end and it has not been taken.</summary>
    /// <param name="engine">The run.</param>
    /// <param name="over">Whether it is the end.</param>
    /// <param name="cancellation">Gives the reading up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    internal async Task TakeIfDueAsync(IEngineRun engine, bool over, CancellationToken cancellation)
    {
        long shown = engine.State.Presentations;
        if (_file is null || (_rows.Count > 0 && _rows[^1].Presentations >= shown) || (shown < Next && !over))
            return;
        NetworkWeights weights = await engine.WeightsAsync();
        var examples = new ExampleSubset(_run.Data.Train, UsualExamples);
        var row = TruthRow.Of(shown, await Abandonable.RunAsync(
            () => TruthMeter.Read(_run.Network, weights, examples, _run.Settings.Run.TruthPhases), cancellation));
        _rows.Add(row);
        _file.Add(row.ToLine());
    }

    internal void FlushToDisk() => _file?.FlushToDisk();

    /// <summary>What readings of a run must be read with.</summary>
    internal static IEnumerable<RunWarning> Warnings(PreparedRun run) => run.Settings.Run.TruthEvery == 0 ? [] : NoteOf(run);

    /// <summary>What readings of a rule must be read with, if anything.</summary>
    internal static IReadOnlyList<RunWarning> NoteOf(PreparedRun run) =>
        run.Network.Settings.Learning.Rule.TruthNote is { } note ? [new(WarningTopics.Truth, "learning.rule", note)] : [];

    /// <summary>Refuses a run whose network is too large to be measured, before anything is written.</summary>
    /// <exception cref="Models.OracleTooLargeException">It is.</exception>
    internal static void ThrowIfImpossible(PreparedRun run)
    {
        if (run.Settings.Run.TruthEvery > 0)
            ExactReferences.Of(run.Network, FirstWeights.Of(run.Network), new ExampleSubset(run.Data.Train, 1));
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
