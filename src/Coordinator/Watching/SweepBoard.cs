using Nudge.Recording;
using Nudge.Running;
using Nudge.Statistics;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;

namespace Nudge.Watching;

/// <summary>Keeps what a page shows of a sweep: which runs are over and which go on. May be used by several threads.</summary>
internal sealed class SweepBoard : ISweepObserver
{
    private const int MostWarnings = 3;
    private readonly SweepPlan _plan;
    private readonly string _folder;
    private readonly Lock _lock = new();
    private readonly Dictionary<(int Point, ulong Seed), SweepRow> _over = [];
    private readonly Dictionary<(int Point, ulong Seed), double> _running = [];
    private readonly PointFrame?[] _points;
    private readonly bool _seesRuns;
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly int _before;
    private string _state = "running";
    private long _changes;
    private long _number;

    /// <summary>Begins with the runs that are over.</summary>
    /// <param name="plan">All runs.</param>
    /// <param name="folder">The folder of the sweep.</param>
    /// <param name="rows">Runs that are over.</param>
    /// <param name="seesRuns">Whether it is told of runs that go on, which only the process that makes them can tell.</param>
    internal SweepBoard(SweepPlan plan, string folder, IReadOnlyList<SweepRow> rows, bool seesRuns)
    {
        (_plan, _folder, _seesRuns) = (plan, folder, seesRuns);
        _points = new PointFrame?[plan.Points.Count];
        foreach (SweepRow row in rows)
            Over(row);
        _before = _over.Count;
    }

    /// <summary>Grows with everything that a frame would show.</summary>
    internal long Changes
    {
        get
        {
            lock (_lock)
                return _changes;
        }
    }

    /// <summary>Points of the sweep.</summary>
    internal int Points => _points.Length;

    /// <summary>Runs of the sweep.</summary>
    internal int Runs => _plan.Runs;

    /// <summary>running, finished, stopped or failed.</summary>
    internal string State
    {
        get
        {
            lock (_lock)
                return _state;
        }

        set
        {
            lock (_lock)
            {
                if (_state == value)
                    return;
                _state = value;
                if (value != "running")
                    StopAll();
                _changes++;
            }
        }
    }

    /// <inheritdoc/>
    public void Advanced(SweepPoint point, ulong seed, double share)
    {
        lock (_lock)
        {
            if (_over.ContainsKey((point.Number, seed)))
                return;
            if (!_running.ContainsKey((point.Number, seed)))
                _points[point.Number] = null;
            _running[(point.Number, seed)] = share;
            _changes++;
        }
    }

    /// <inheritdoc/>
    public void Over(SweepRow row)
    {
        lock (_lock)
        {
            _running.Remove((row.Point, row.Seed));
            if (row.Point < 0 || row.Point >= _points.Length || !_over.TryAdd((row.Point, row.Seed), row))
                return;
            _points[row.Point] = null;
            _changes++;
        }
    }

    /// <summary>What the page has to know first.</summary>
    internal SweepDescription Description() => new()
    {
        Name = _plan.Name,
        Command = _plan.Definition.Command,
        Folder = _folder,
        Seeds = _plan.Definition.Seeds,
        Runs = _plan.Runs,
        Measure = new(
            _plan.Measure.Name, _plan.Measure.Axis, _plan.Measure.Unit, _plan.Measure.Scale, _plan.Measure.Decimals, _plan.Measure.LowerIsBetter),
        Variations =
        [
            .. _plan.Grid.Variations.Select(one => new VariationFrame(
                one.Path,
                _plan.Grid.Names.Of(one.Path),
                [.. one.Values.Select(Variation.Shown)],
                one.IsNumeric ? one.Numbers : null,
                one.IsNumeric && one.Values.Count > 1 && new AxisScale(one.Numbers).IsLogarithmic,
                one.IsTuned)),
        ],
    };

    /// <summary>What the page shows now.</summary>
    internal SweepFrame Frame()
    {
        lock (_lock)
        {
            for (int i = 0; i < _points.Length; i++)
                _points[i] ??= PointOf(i);
            double shares = _running.Values.Sum();
            return new()
            {
                Number = ++_number,
                State = _state,
                Over = _over.Count,
                Failed = _over.Values.Count(row => row.Status == "failed"),
                Running = _seesRuns ? _running.Count : null,
                Share = Math.Min(1, (_over.Count + shares) / _plan.Runs),
                SecondsLeft = SecondsLeft(shares),
                Points = [.. _points.Select(point => point!)],
            };
        }
    }

    private void StopAll()
    {
        foreach ((int point, _) in _running.Keys)
            _points[point] = null;
        _running.Clear();
    }

    // By the pace since this process began to look: what was made before may have been made on other machines.
    private double? SecondsLeft(double shares)
    {
        double made = _over.Count - _before + shares;
        double left = _plan.Runs - _over.Count - shares;
        if (_state != "running" || made <= 0 || left <= 0)
            return null;
        return TimeProvider.System.GetElapsedTime(_began).TotalSeconds * left / made;
    }

    private PointFrame PointOf(int number)
    {
        SweepRow[] rows = [.. _over.Values.Where(row => row.Point == number).OrderBy(row => row.Seed)];
        Interval mean = _plan.Measure.MeanOf([.. SweepMeasure.Values(_plan.Measure, rows).Select(one => one.Value)]);
        SweepRow[] done = [.. rows.Where(row => row.Status == "done")];
        return new(
            done.Length,
            rows.Length - done.Length,
            done.Count(row => row.Warnings.Any(one => one.Topic == WarningTopics.Dead)),
            _running.Keys.Count(one => one.Point == number),
            Known(mean.Centre),
            Known(mean.Low),
            Known(mean.High),
            Mean(done.Select(row => row.Value(MetricNames.Lost) / row.Value(MetricNames.Sent))),
            Mean(done.Select(row => row.WallSeconds)),
            [
                .. rows.Select(row => new SeedFrame(
                    row.Seed,
                    row.Value(_plan.Measure.Metric),
                    row.Message,
                    [.. row.Warnings.Where(one => one.Topic != WarningTopics.Settings).Take(MostWarnings).Select(one => one.Text)])),
            ]);
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Where(double.IsFinite)];
        return known.Length == 0 ? null : known.Average();
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
