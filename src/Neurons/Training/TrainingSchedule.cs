using Nudge.Models;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Training;

/// <summary>
/// The coordinator without its engine: decides which stimulus comes next, with what polarity and for how long, and scores
/// the answers that it receives. It sends no step signal, waits for no slice and never looks into the network.
/// </summary>
public sealed partial class TrainingSchedule
{
    private const int NotAsking = -1;
    private readonly NetworkPlan _network;
    private readonly IStimulusSet _training;
    private readonly IStimulusSet _heldOut;
    private readonly RunPlan _run;
    private readonly PhaseSchedule _schedule;
    private readonly StimulusOrder _order;
    private readonly Curriculum _curriculum;
    private readonly List<Evaluation> _evaluations = [];
    private readonly RunningAccuracy _running = new();
    private readonly int _lanes;
    private readonly bool[] _positive;
    private readonly int[] _sign;
    private readonly PhaseNumber[] _answeredIn;
    private readonly BiasedCoin? _coin;
    private int _epoch;
    private long _phase;
    private long _round;
    private int _phaseOfStimulus;
    private int _question = NotAsking;
    private bool _hasClosed;
    private EvaluationPass? _pass;
    private PhaseTag? _present;
    private PhasePrior _prior;

    /// <summary>Makes the schedule of a run that has not begun.</summary>
    /// <param name="network">The network.</param>
    /// <param name="run">How much to train.</param>
    /// <param name="training">Examples to learn from.</param>
    /// <param name="heldOut">Examples to be judged by.</param>
    public TrainingSchedule(NetworkPlan network, RunPlan run, IStimulusSet training, IStimulusSet heldOut)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        NetworkSettings settings = network.Settings;
        _network = network;
        _run = run;
        _training = training;
        _heldOut = heldOut;
        _lanes = settings.Lanes;
        _schedule = new(settings.Seed, settings.Phases, network.Polarity, settings.Time.Step, _lanes);
        _prior = _schedule.Prior;
        _coin = settings.Phases.B.IsOptimal ? new(settings.Phases.B, network.Slices.Count) : null;
        _order = new(settings.Seed, training, run.ClassBlock);
        _curriculum = network.CreateCurriculum(QuestionLengthOf(network, run));
        _positive = new bool[_lanes];
        _sign = new int[_lanes];
        _answeredIn = new PhaseNumber[network.Slices.Count];
        Listening = [.. network.Answering.SelectMany(network.SlicesOf)];
    }

    /// <summary>Evaluations so far; the last one of a finished run took all held-out examples.</summary>
    public IReadOnlyList<Evaluation> Evaluations => _evaluations;

    /// <summary>Whether the network can be asked for the class of a stimulus, so that there are evaluations.</summary>
    public bool CanAnswer => _curriculum.CanAnswer;

    /// <summary>Stimuli shown so far, in all lanes together.</summary>
    public long Presentations => _round * _lanes;

    /// <summary>Phases begun so far.</summary>
    public long Phases => _phase;

    /// <summary>The phase that the coordinator is in, or null before the first and after the last.</summary>
    public PhaseTag? Present => _present;

    /// <summary>Whether the last phase has ended.</summary>
    public bool IsOver => _present is null && _phase > 0;

    /// <summary>The b that the present phase was drawn with: the probability of a positive phase.</summary>
    public double B => _prior.B;

    /// <summary>Share of recent answers in free first phases that are correct, or not-a-number.</summary>
    public double RunningAccuracy => _running.Value;

    /// <summary>Whether a stimulus has just had its last phase: where a run may pause with nothing half done.</summary>
    public bool AtStimulusBoundary => _pass is null && _phaseOfStimulus == 0 && _question == NotAsking;

    /// <summary>The class of the example in lane 0, in training or in an evaluation.</summary>
    public int Label => _curriculum.Labels[0];

    /// <summary>The slices whose answers count.</summary>
    public IReadOnlyList<SlicePlan> Listening { get; }

    /// <summary>Whether all answers of this phase count, and not only the last.</summary>
    public bool UsesEveryStep => _pass is not null && _curriculum.UsesEveryStep;

    /// <summary>Receives the answer of one slice.</summary>
    /// <param name="slice">Which one.</param>
    /// <param name="phase">The phase of the answer.</param>
    /// <param name="answer">lanes × values of each.</param>
    public void Receive(SlicePlan slice, PhaseNumber phase, ReadOnlySpan<float> answer)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _answeredIn[slice.Index] = phase;
        if (!UsesEveryStep || phase == _present?.Phase)
            _curriculum.Receive(slice, answer);
    }

    /// <summary>Receives how long a slice's statistics are; of no effect where b is a number.</summary>
    /// <param name="slice">Which one.</param>
    /// <param name="spread">Its two running means.</param>
    public void Receive(SlicePlan slice, SecondMoments spread)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _coin?.Receive(slice.Index, spread);
    }

    /// <summary>Scores the phase that ends now by what was received in it.</summary>
    public void EndPhase()
    {
        if (_present is null)
            return;
        bool answered = Answered();
        if (_pass is not null)
            _pass.EndPart(answered, _curriculum);
        else if (_question != NotAsking)
            _curriculum.EndPart(_question - 1);
        else if (_present.Learns)
            ScoreFreePhases(answered);
    }

    /// <summary>Begins the next phase, or gives null when the run is over.</summary>
    public PhaseProgram? BeginPhase()
    {
        if (_pass is { Finished: true })
        {
            _evaluations.Add(_pass.Result);
            _pass = null;
            if (_evaluatesOnce)
                return End();
        }

        if (_pass is null && ExamplesDue() is int examples)
            _pass = new(Presentations, examples, _run.Tolerance);
        if (_pass is null && IsTrained && IsClosed)
            return End();

        _phase++;
        if (_pass is null && IsTrained)
            return Close();
        _hasClosed &= _pass is not null;
        return _pass is null ? BeginTrainingPhase() : BeginEvaluationPhase(_pass);
    }

    /// <summary>
    /// Starts a new epoch of phase numbers, so that nothing sent before a resumption can be taken as new.
    /// </summary>
    public void Resume() => _epoch++;

    private bool HasShownAll => Presentations >= _run.Presentations || HasReachedTarget;

    private bool IsTrained => HasShownAll && _phaseOfStimulus == 0;

    private bool IsClosed => _hasClosed || _round == 0;

    // The last phase that teaches ends where something later is received, as every other.
    private PhaseProgram Close()
    {
        _hasClosed = true;
        _present = new PhaseTag(new(_epoch, _phase), -_phase, new float[_lanes]);
        return _curriculum.Teach(_present, _positive, _sign, _network.Settings.Phases.Length.Mean);
    }

    private PhaseProgram? End()
    {
        _present = null;
        return null;
    }

    private double QuestionLength => QuestionLengthOf(_network, _run);

    private static double QuestionLengthOf(NetworkPlan network, RunPlan run) =>
        run.EvaluateLength ?? network.Settings.Phases.Length.Mean;

    private bool Answered()
    {
        foreach (SlicePlan slice in Listening)
        {
            if (_answeredIn[slice.Index] != _present!.Phase)
                return false;
        }

        return true;
    }

    private PhaseProgram BeginTrainingPhase()
    {
        PhaseSettings settings = _network.Settings.Phases;
        if (_question == NotAsking)
        {
            if (_phaseOfStimulus == 0)
                _curriculum.Show(_training, lane => _order[PresentationIn(lane)], PresentationIn);
            DrawPolarities();
            if (_curriculum.AsksBefore(_positive))
            {
                _curriculum.ForgetAnswers();
                _question = 0;
            }
        }

        if (_question != NotAsking && _question < _curriculum.Parts)
            return Ask(_question++, QuestionLength);
        _question = NotAsking;
        return Teach();
    }

    private long PresentationIn(int lane) => ((_round * _lanes) + lane) / _network.Settings.Phases.LanesPerStimulus;

    private void DrawPolarities()
    {
        _prior = _coin?.Next() ?? _prior;
        for (int lane = 0; lane < _lanes; lane++)
        {
            _sign[lane] = _schedule.NudgeSign(_round, lane);
            _positive[lane] = _schedule.IsPositive(_phase, _phaseOfStimulus, lane, _prior);
            _coin?.Count(_positive[lane]);
        }
    }

    private PhaseProgram Teach()
    {
        float[] importance = new float[_lanes];
        for (int lane = 0; lane < _lanes; lane++)
            importance[lane] = _schedule.Importance(_positive[lane], _sign[lane], _prior);
        _present = new PhaseTag(new(_epoch, _phase), _round, importance);
        PhaseProgram program = _curriculum.Teach(_present, _positive, _sign, _schedule.Length(_phase));
        if (++_phaseOfStimulus == _network.Settings.Phases.PerStimulus)
        {
            _phaseOfStimulus = 0;
            _round++;
        }

        return program;
    }

    // A phase that only asks teaches nothing, and belongs to no stimulus that could be compared with another phase's.
    private PhaseProgram Ask(int part, double length)
    {
        _present = new PhaseTag(new(_epoch, _phase), -_phase, new float[_lanes]);
        return _curriculum.Ask(_present, part, length);
    }

    private void ScoreFreePhases(bool answered)
    {
        bool first = _network.Settings.Phases.PerStimulus == 1 || _phaseOfStimulus == 1;
        for (int lane = 0; lane < _lanes && first && _curriculum.AnswersInFreePhases; lane++)
        {
            if (!_positive[lane])
                _running.Add(answered && _curriculum.IsCorrect(lane, _run.Tolerance));
        }
    }
}
