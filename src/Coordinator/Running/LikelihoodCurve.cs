using System.Globalization;
using Nudge.Experiments;
using Nudge.Populations;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>Likelihood over a run, read at the intervals of its evaluations.</summary>
internal sealed class LikelihoodCurve
{
    private const string File = RunFiles.Likelihood + ".csv";
    private const string Header = "presentations,negativeLogLikelihood\n";
    private readonly PreparedRun _run;
    private readonly RunDirectory? _directory;
    private readonly List<CurvePoint> _points = [];

    private LikelihoodCurve(PreparedRun run, RunDirectory? directory)
    {
        _run = run;
        _directory = directory;
    }

    /// <summary>Presentations at which the next reading is due.</summary>
    internal long Next { get; private set; }

    internal IReadOnlyList<CurvePoint> Points => _points;

    /// <summary>Begins the curve of a run, or goes on with it; null where none is asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Where the table is written; null for nowhere.</param>
    /// <param name="presentations">Where the run stands; later readings, which its state does not know, go.</param>
    internal static LikelihoodCurve? Begin(PreparedRun run, RunDirectory? directory, long presentations)
    {
        if (LikelihoodReading.OracleFor(run) == LikelihoodOracle.None)
            return null;
        var curve = new LikelihoodCurve(run, directory);
        if (directory is not null && presentations > 0 && System.IO.File.Exists(directory.FilePath(File)))
            curve._points.AddRange(Read(directory.FilePath(File)).Where(point => point.Presentations <= presentations));
        // One that was given up at a stop is still due.
        curve.Next = curve.After(curve._points.Count == 0 ? 0 : curve._points[^1].Presentations);
        return curve;
    }

    /// <summary>Takes the reading of this moment, if one is due or it is the end and it has not been taken.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    internal async Task ReadIfDueAsync(IEngineRun engine, bool over, CancellationToken cancellation)
    {
        long now = engine.State.Presentations;
        if (now < Next && !(over && (_points.Count == 0 || _points[^1].Presentations < now)))
            return;
        NetworkWeights weights = await engine.WeightsAsync();
        IReadOnlyDictionary<string, double> reading = await Abandonable.RunAsync(
            () => LikelihoodReading.Of(_run, weights), cancellation);
        _points.Add(new(now, reading[MetricNames.NegativeLogLikelihood]));
        Next = After(now);
        _directory?.WriteText(File, Header + string.Concat(_points.Select(Line)));
    }

    private static IEnumerable<CurvePoint> Read(string path)
    {
        foreach (string line in System.IO.File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            yield return new(
                long.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture));
        }
    }

    private static string Line(CurvePoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Presentations},{point.Value}\n");

    private long After(long presentations)
    {
        long every = _run.Settings.Run.EvaluateEvery;
        return every == 0 ? long.MaxValue : ((presentations / every) + 1) * every;
    }
}
