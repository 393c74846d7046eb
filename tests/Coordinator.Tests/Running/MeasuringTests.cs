using CsCheck;
using Nudge.Checkpoints;
using Nudge.Coordinator.Tests.Experiments;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Signals;
using Nudge.State;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>Whatever a run in virtual time measures, and wherever it is stopped and resumed, it leaves the same weights.</summary>
public sealed class MeasuringTests
{
    private const int Presentations = 60;

    private static readonly Gen<Measured> AnyMeasured = Gen.Select(
        Gen.Int[0, 20],
        Gen.Int[1, 4],
        Gen.OneOf(Gen.Const(0), Gen.Int[10, 40]),
        Gen.Int[0, 20],
        Gen.Int[1, 160].Array[0, 3],
        (every, heldOut, truthEvery, checkpointEvery, stops) => new Measured(every, heldOut, truthEvery, checkpointEvery, stops));

    [Fact]
    public void Measuring_changes_no_bit_of_weights_and_event_hash() => Gen.Select(Gen.ULong[1, 4], AnyMeasured).Sample(
        (seed, measured) =>
        {
            using var folder = new TemporaryFolder();
            (string weights, string hash, _) = Run(folder.File("plain"), seed, new(0, 4, 0, 0, []));
            (string weightsOfMeasured, string hashOfMeasured, string[] rows) = Run(folder.File("measured"), seed, measured);
            Assert.Equal(weights, weightsOfMeasured);
            Assert.Equal(hash, hashOfMeasured);
            (_, _, string[] rowsAgain) = Run(folder.File("again"), seed, measured with { Stops = [], CheckpointEvery = 0 });
            Assert.Equal(rowsAgain, rows);
        },
        iter: 15,
        threads: 1);

    private static (string Weights, string Hash, string[] Rows) Run(string path, ulong seed, Measured measured)
    {
        ExperimentSettings settings = SettingsOf(seed, measured);
        StimulusSets data = DataSetCatalog.Load(PreparedRun.RequestOf(settings, null));
        RunSummary? summary = null;
        foreach (int? stop in measured.Stops.Select(stop => (int?)stop).Append(null))
        {
            using var stopping = new Stopping(data, measured.HeldOut, stop);
            summary ??= Part(path, settings, stopping, Directory.Exists(path));
        }

        Assert.NotNull(summary);
        string weights = Convert.ToHexString(File.ReadAllBytes(Path.Combine(path, RunFiles.Weights)));
        string[] rows =
        [
            .. File.ReadLines(Path.Combine(path, RunFiles.Metrics)).Select(line => line[..line.LastIndexOf(',')]),
            .. summary.Evaluations.Select(made => made.ToString()),
        ];
        return (weights, summary.EventHash!, rows);
    }

    /// <summary>Runs to the end, or to where the data asks for a stop; null if it was stopped.</summary>
    private static RunSummary? Part(string path, ExperimentSettings settings, Stopping data, bool resumes)
    {
        PreparedRun run = PreparedRun.Prepare(settings, data.Sets);
        var engine = new VirtualRun(run.Network, run.TrainingSchedule);
        using RunDirectory directory = resumes ? RunDirectory.Open(path) : RunDirectory.CreateAnew(path);
        directory.WriteText(RunFiles.Experiment, SettingsWriter.ToYaml(settings, explained: false));
        SessionState state = SessionState.Fresh("virtual");
        if (resumes)
        {
            CheckpointFile.TryLoadNewest(
                path,
                stream => StateRoot.Restore(stream, SessionState.Subject, root =>
                {
                    root.Section(SessionState.SessionTag, "session", section => state = state.Describe(section));
                    root.Section(SessionState.EngineTag, "engine", engine.Restore);
                }),
                problem => Assert.Fail(problem));
        }

        using var progress = new PresentationsProgress(_ => { });
        using var session = new RunSession(run, engine, directory, progress, state, new RunWarnings());
        bool finished = session.RunAsync(data.Token).GetAwaiter().GetResult();
        return finished
            ? RunResults.WriteAsync(run, engine, session, directory, null, true, state.ResumedFrom, CancellationToken.None).GetAwaiter().GetResult()
            : null;
    }

    private static ExperimentSettings SettingsOf(ulong seed, Measured measured) => SmallExperiment.Set(
        $"seed={seed}",
        $"run.presentations={Presentations}",
        $"run.evaluateEvery={measured.Every}",
        "run.evaluateExamples=3",
        $"run.truthEvery={measured.TruthEvery}",
        "run.truthPhases=20",
        $"run.checkpointEvery={measured.CheckpointEvery}").Settings;

    private sealed record Measured(int Every, int HeldOut, int TruthEvery, int CheckpointEvery, int[] Stops);

    /// <summary>Examples that ask for a stop when so many of them have been shown, in training or in an evaluation.</summary>
    private sealed class Stopping : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private int _left;

        internal Stopping(StimulusSets data, int heldOut, int? after)
        {
            _left = after ?? int.MaxValue;
            Sets = data with
            {
                Train = new Counted(data.Train, data.Train.Count, this),
                Test = new Counted(data.Test, Math.Min(heldOut, data.Test.Count), this),
            };
        }

        internal StimulusSets Sets { get; }

        internal CancellationToken Token => _stop.Token;

        public void Dispose() => _stop.Dispose();

        private sealed class Counted(IStimulusSet set, int count, Stopping owner) : IStimulusSet
        {
            public int Count => count;

            public int InputSize => set.InputSize;

            public int Classes => set.Classes;

            public int LabelOf(int index) => set.LabelOf(index);

            public void CopyInput(int index, Span<float> destination)
            {
                if (--owner._left == 0)
                    owner._stop.Cancel();
                set.CopyInput(index, destination);
            }
        }
    }
}
