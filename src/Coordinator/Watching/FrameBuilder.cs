using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Topology;

namespace Nudge.Watching;

/// <summary>Makes frames of what an observer sees of a run.</summary>
/// <param name="monitor">The run.</param>
internal sealed class FrameBuilder(RunMonitor monitor)
{
    private const int MostMoves = 20;
    private readonly NetworkPlan _network = monitor.Run.Network;
    private readonly SpeedMeter _speed = new();
    private volatile string[] _nodes = [];
    private long _number;

    /// <summary>Grows when what <see cref="Network"/> gives has changed.</summary>
    internal int Version => _nodes.Length;

    /// <summary>What the page has to know before the first frame.</summary>
    internal NetworkFrame Network() => NetworkDescription.Of(monitor) with
    {
        Nodes = _nodes,
        OwnNodes = [.. _nodes.Select(node => monitor.Interventions.Nodes?.NumberOf(node))],
    };

    /// <summary>The frame of a view.</summary>
    internal RunFrame Of(NetworkView view)
    {
        RunState state = view.State;
        (double? rate, double? tauPerSecond) = _speed.Of(state);
        IReadOnlyList<MetricsRow> rows = monitor.Rows;
        IReadOnlyList<string> hosts = monitor.Engine.NodesOfSlices;
        string[] fresh = [.. hosts.Distinct().Except(_nodes).Order(StringComparer.Ordinal)];
        if (fresh.Length > 0)
            _nodes = [.. _nodes, .. fresh];
        return new()
        {
            Number = ++_number,
            Wall = rows.Count > 0 ? rows[^1].WallSeconds : 0,
            State = StateOf(state),
            Tau = state.SimulatedTau,
            Phase = state.Phases,
            Presentations = state.Presentations,
            Rate = rate,
            TauPerSecond = tauPerSecond,
            SpeedLimit = monitor.Control.SpeedLimit,
            B = state.B,
            RunningAccuracy = Finite(state.RunningAccuracy),
            Evaluating = state.Evaluating is { } evaluating ? new(evaluating.Shown, evaluating.Examples) : null,
            Stimulus = StimulusOf(view),
            Slices = [.. view.Slices.Select(slice => SliceOf(slice, view.Conditions, hosts))],
            Links = [.. LinksOf(view)],
            Raster = RasterOf(view),
            Populations = [.. _network.Populations.Select(population => PopulationOf(population, view))],
            Staleness = [.. view.Staleness.Histogram.Select(bin => new AgeFrame(Finite(bin.UpTo), bin.Count))],
            Symmetry = rows.Count > 0 ? rows[^1].Symmetry : null,
            Curve = [.. rows.Select(row => new CurveFrame(row.Presentations, Finite(row.RunningAccuracy), row.Accuracy))],
            Alignment = [.. monitor.Truth.Select(row => new AlignmentFrame(row.Presentations, row.Cosine, row.Slope))],
            Interventions = [.. InterventionsOf(monitor.Interventions.Applied)],
            Moves = [.. monitor.Engine.Moves.Select(move => $"{move.Slice}: {move.From} to {move.To}").TakeLast(MostMoves)],
        };
    }

    /// <summary>The state of a run that has given no view for a while.</summary>
    /// <param name="before">Its state before.</param>
    internal string StateNow(string before) => monitor.Stage switch
    {
        RunStage.Running => monitor.Control.IsPaused ? "paused" : before,
        var stage => stage.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<InterventionFrame> InterventionsOf(IReadOnlyList<AppliedIntervention> applied) =>
        applied.Select(one =>
        {
            bool undone = one.IsUndone(applied);
            bool changes = one.CanBeUndone;
            return new InterventionFrame(
                one.Number,
                one.Name,
                one.Moment.Presentations,
                one.Moment.Tau,
                one.Moment.Phase,
                WordsOf(one, applied),
                one.Settings.Definition.Name,
                undone,
                changes && !undone,
                one.IsScripted && !one.IsEnd);
        });

    // A page shows interventions by number; the names of those that were asked for on it are of the program's own making.
    private static string WordsOf(AppliedIntervention made, IReadOnlyList<AppliedIntervention> applied) =>
        made.Settings is UndoIntervention undo && applied.FirstOrDefault(one => one.Name == undo.Of) is { } undone
            ? $"intervention {undone.Number} {(made.IsEnd ? "over" : "undone")}"
            : made.Settings.WordsWithEnd;

    private string StateOf(RunState state) => monitor.Stage switch
    {
        RunStage.Running when monitor.Control.IsPaused => "paused",
        RunStage.Running when state.Evaluating is not null => "evaluating",
        var stage => stage.ToString().ToLowerInvariant(),
    };

    private StimulusFrame? StimulusOf(NetworkView view)
    {
        SliceView[] input = [.. view.Slices.Where(slice => _network.Slices[slice.Slice].Population == _network.Input)];
        if (input.Length == 0 || input[0].Visits.Count == 0)
            return null;
        float[] values = [.. input.SelectMany(slice => slice.Activity)];
        SliceView[] output = [.. view.Slices.Where(slice => _network.Slices[slice.Slice].Population == _network.Output)];
        float[] answers = [.. output.SelectMany(slice => slice.Activity)];
        bool positive = input[0].Visits[^1].Importance > 0;
        // In a positive phase the output is pulled to the label, so that it would only repeat it.
        int? answer = positive || answers.Length == 0 ? null : Array.IndexOf(answers, answers.Max());
        return new(Bytes(values, out _, out _), view.Label, answer, positive);
    }

    private SliceFrame SliceOf(SliceView slice, NetworkConditions conditions, IReadOnlyList<string> hosts)
    {
        PopulationPlan population = _network.Slices[slice.Slice].Population;
        byte[] activity = Bytes(slice.Activity, out double low, out double high);
        return new(
            slice.Slice,
            slice.Phase.Number,
            slice.Visits.Count == 0 ? 0 : Math.Sign(slice.Visits[^1].Importance),
            slice.LocalTau,
            slice.Steps,
            activity,
            low,
            high,
            hosts.Count > 0 ? Array.IndexOf(_nodes, hosts[slice.Slice]) : null,
            conditions.IsSilent(population),
            conditions.SlownessOf(population));
    }

    private IEnumerable<LinkFrame> LinksOf(NetworkView view)
    {
        Dictionary<string, LinkCondition> conditions = _network.Projections.ToDictionary(one => one.Name, view.Conditions.Of);
        foreach (LedgerEntry row in view.Ledger)
        {
            LinkCondition now = ConditionOf(row.Link, conditions, view.Conditions);
            yield return new(
                row.Link,
                row.Sent,
                row.Delivered,
                row.Lost,
                row.Cut,
                row.Duplicates,
                row.RealLost,
                row.InFlight,
                now.Settings.Loss.MeanLoss,
                now.Settings.Delay.MeanDelay,
                now.Settings.Duplicate,
                now.Cut);
        }
    }

    // Rows of acknowledgements and requests are named after the projection that they answer.
    private static LinkCondition ConditionOf(string row, Dictionary<string, LinkCondition> projections, NetworkConditions all)
    {
        if (row.StartsWith("coordinator.", StringComparison.Ordinal))
            return row == "coordinator.phase" ? all.Phase : all.Control;
        return projections.TryGetValue(row, out LinkCondition own)
            ? own
            : projections.First(one => row.StartsWith(one.Key + ".", StringComparison.Ordinal)).Value;
    }

    private static RasterFrame RasterOf(NetworkView view) => new(
        Spans(view.Phases, view.Now, default),
        [.. view.Slices.Select(slice => new SliceSpansFrame(slice.Slice, Spans(slice.Visits, slice.LocalTau, slice.Learned)))]);

    private static SpanFrame[] Spans(IReadOnlyList<PhaseVisit> visits, double now, LearningTally learned)
    {
        var spans = new SpanFrame[visits.Count];
        for (int i = 0; i < spans.Length; i++)
        {
            bool last = i == spans.Length - 1;
            LearningTally after = last ? learned : visits[i + 1].Before;
            spans[i] = new(
                visits[i].Phase.Number,
                Math.Sign(visits[i].Importance),
                visits[i].From - now,
                last ? 0 : visits[i + 1].From - now,
                Math.Max(0, after.Gated - visits[i].Before.Gated),
                Math.Max(0, after.WrongSign - visits[i].Before.WrongSign));
        }

        return spans;
    }

    private static PopulationFrame PopulationOf(PopulationPlan population, NetworkView view)
    {
        LearningTally learned = view.Learned.GetValueOrDefault(population.Name);
        PopulationUnits? units = view.Units.FirstOrDefault(one => one.Population == population);
        bool known = units is { IsKnown: true };
        return new(
            population.Name,
            learned.Positive,
            learned.Negative,
            learned.Gated,
            learned.WrongSign,
            known ? units!.Saturated : null,
            known ? units!.Dead : null,
            units?.UpdateNorm is double norm ? Finite(norm) : null);
    }

    /// <summary>Activities as bytes: 0 for 0 or the least of them, 255 for 1 or the greatest.</summary>
    internal static byte[] Bytes(IReadOnlyList<float> values, out double low, out double high)
    {
        (low, high) = (0, 1);
        for (int i = 0; i < values.Count; i++)
        {
            if (!float.IsFinite(values[i]))
                continue;
            low = Math.Min(low, values[i]);
            high = Math.Max(high, values[i]);
        }

        return Bytes(values, low, high);
    }

    /// <summary>Values as bytes: 0 for the lower end of a range, 255 for the upper.</summary>
    internal static byte[] Bytes(IReadOnlyList<float> values, double low, double high)
    {
        double scale = byte.MaxValue / (high > low ? high - low : 1);
        byte[] bytes = new byte[values.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (float.IsFinite(values[i]))
                bytes[i] = (byte)Math.Clamp(Math.Round((values[i] - low) * scale), byte.MinValue, byte.MaxValue);
        }

        return bytes;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
