using System.Diagnostics.Metrics;
using System.Globalization;
using Nudge.Links;
using Nudge.Recording;
using Nudge.Telemetry;

namespace Nudge.Running;

/// <summary>
/// The metrics of a run, for a collector. Every instrument reads what the session has published last, when somebody asks.
/// </summary>
internal sealed class RunMeter : IRunObserver, IDisposable
{
    internal const string Name = "Nudge.Run";
    private readonly Meter _meter = new(Name);
    private IDisposable? _export;
    private volatile RunState? _state;
    private volatile IReadOnlyList<LedgerEntry> _links = [];
    private long _gated;

    internal RunMeter()
    {
        _meter.CreateObservableCounter(
            "nudge.run.presentations", () => OfState(state => state.Presentations), "{stimulus}", "Stimuli shown in training.");
        _meter.CreateObservableCounter("nudge.run.phases", () => OfState(state => state.Phases), "{phase}", "Phases begun.");
        _meter.CreateObservableGauge(
            "nudge.run.accuracy",
            () => OfState(state => state.Evaluations.Count > 0 ? state.Evaluations[^1].Accuracy : double.NaN).Where(IsKnown),
            "1",
            "Share of correct answers on the held-out set at the last evaluation.");
        _meter.CreateObservableGauge(
            "nudge.run.running_accuracy",
            () => OfState(state => state.RunningAccuracy).Where(IsKnown),
            "1",
            "Share of correct answers in training of late.");
        _meter.CreateObservableCounter(
            "nudge.run.messages", () => _links.SelectMany(Outcomes), "{message}", "Messages by link and by what became of them.");
        _meter.CreateObservableCounter(
            "nudge.run.gated",
            () => Interlocked.Read(ref _gated),
            "{update}",
            "Updates that the coherence gate held back, as last sampled.");
    }

    /// <inheritdoc/>
    public bool WantsMessages => true;

    /// <summary>Sends metrics of a run to the collector that the environment names; null where it names none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="engine">Name of its engine.</param>
    internal static RunMeter? BeginIfAsked(PreparedRun run, string engine)
    {
        if (!MetricExport.IsPushed)
            return null;
        var meter = new RunMeter();
        meter._export = MetricExport.Push(meter._meter, run.Settings.Name, new Dictionary<string, object>
        {
            ["nudge.run.name"] = run.Settings.Name,
            ["nudge.run.seed"] = run.Settings.Seed.ToString(CultureInfo.InvariantCulture),
            ["nudge.run.engine"] = engine,
        });
        return meter;
    }

    /// <inheritdoc/>
    public void Moved(RunState state) => _state = state;

    /// <inheritdoc/>
    public void Counted(IReadOnlyList<LedgerEntry> links) => _links = links;

    /// <inheritdoc/>
    public void Sampled(MetricsRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Interlocked.Exchange(ref _gated, row.Gated);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What has been measured last is sent here.
        _export?.Dispose();
        _meter.Dispose();
    }

    private static bool IsKnown(Measurement<double> measured) => !double.IsNaN(measured.Value);

    // Messages under way are left out: their number falls, and a counter may only grow.
    private static IEnumerable<Measurement<long>> Outcomes(LedgerEntry link)
    {
        foreach ((string outcome, long count) in new[]
        {
            ("sent", link.Sent),
            ("delivered", link.Delivered),
            ("lost", link.Lost),
            ("cut", link.Cut),
            ("duplicated", link.Duplicates),
            ("superseded", link.Superseded),
            ("late", link.Late),
            ("really_lost", link.RealLost),
            ("conflated", link.Conflated),
        })
        {
            yield return new(count, new("link", link.Link), new("outcome", outcome));
        }
    }

    private IEnumerable<Measurement<T>> OfState<T>(Func<RunState, T> value)
        where T : struct => _state is { } state ? [new(value(state))] : [];
}
