using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Phases;

/// <summary>
/// The coordinator without its engine: decides which stimulus comes next, with what polarity and for how long, and scores
/// the answers that it hears. It sends no step signal, waits for nobody and never looks into the network.
/// </summary>
public sealed partial class Conductor
{
    private readonly NetworkPlan _network;
    private readonly IStimulusSet _training;
    private readonly IStimulusSet _heldOut;
    private readonly RunPlan _run;
    private readonly PhaseSchedule _schedule;
    private readonly StimulusOrder _order;
    private readonly List<Evaluation> _evaluations = [];
    private readonly RunningAccuracy _running = new();
    private readonly int _lanes;
    private readonly int[] _labels;
    private readonly bool[] _positive;
    private ActivityFrame _stimulus;
    private float[] _targets;
    private int _epoch;
    private long _phase;
    private long _round;
    private int _phaseOfStimulus;
    private EvaluationPass? _pass;
    private PhaseTag? _present;

    /// <summary>Makes the conductor of a run that has not begun.</summary>
    /// <param name="network">The network.</param>
    /// <param name="run">How much to train.</param>
    /// <param name="training">Examples to learn from.</param>
    /// <param name="heldOut">Examples to be judged by.</param>
    public Conductor(NetworkPlan network, RunPlan run, IStimulusSet training, IStimulusSet heldOut)
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
        _schedule = new(
            settings.Seed, settings.Phases, settings.Learning.Rule, settings.Model.RandomSign, settings.Time.Step);
        _order = new(settings.Seed, training.Count);
        _labels = new int[_lanes];
        _positive = new bool[_lanes];
        _stimulus = ActivityFrame.Of([]);
        _targets = [];
    }

    /// <summary>Evaluations so far; the last one of a finished run took all held-out examples.</summary>
    public IReadOnlyList<Evaluation> Evaluations => _evaluations;

    /// <summary>Stimuli shown so far, in all lanes together.</summary>
    public long Presentations => _round * _lanes;

    /// <summary>Phases begun so far.</summary>
    public long Phases => _phase;

    /// <summary>Share of correct answers in free first phases of late, or not-a-number.</summary>
    public double RunningAccuracy => _running.Value;

    /// <summary>Whether an evaluation is under way.</summary>
    public bool IsEvaluating => _pass is not null;

    /// <summary>Whether a stimulus has just had its last phase: where a run may pause with nothing half done.</summary>
    public bool AtStimulusBoundary => _pass is null && _phaseOfStimulus == 0;

    /// <summary>Scores the phase that ends now by what the output said last.</summary>
    /// <param name="heard">The phase in which the output said it.</param>
    /// <param name="output">lanes × classes.</param>
    public void EndPhase(PhaseTag heard, ReadOnlySpan<float> output)
    {
        ArgumentNullException.ThrowIfNull(heard);
        if (_present is null)
            return;
        bool answered = heard.Phase == _present.Phase;
        if (_pass is not null)
            _pass.Score(answered, output, _labels, _network.Output.Size);
        else
            ScoreFreePhases(answered, output);
    }

    /// <summary>Begins the next phase, or gives null when the run is over.</summary>
    public PhaseProgram? BeginPhase()
    {
        if (_pass is { Finished: true })
        {
            _evaluations.Add(_pass.Result);
            _pass = null;
        }

        _pass ??= EvaluationDue();
        if (_pass is null && Presentations >= _run.Presentations && _phaseOfStimulus == 0)
        {
            _present = null;
            return null;
        }

        _phase++;
        return _pass is null ? BeginTrainingPhase() : BeginEvaluationPhase(_pass);
    }

    /// <summary>Starts a new epoch of phase numbers, so that nothing said before a resumption can be taken for news.</summary>
    public void Resume() => _epoch++;

    private EvaluationPass? EvaluationDue()
    {
        if (_phaseOfStimulus != 0)
            return null;
        long before = _evaluations.Count == 0 ? 0 : _evaluations[^1].Presentations;
        bool last = Presentations >= _run.Presentations;
        if (last && (_evaluations.Count == 0 || before < Presentations))
            return new(Presentations, _heldOut.Count);
        bool due = _run.EvaluateEvery > 0 && Presentations / _run.EvaluateEvery > before / _run.EvaluateEvery;
        return due && !last ? new(Presentations, Math.Min(_run.EvaluateExamples, _heldOut.Count)) : null;
    }

    private PhaseProgram BeginTrainingPhase()
    {
        if (_phaseOfStimulus == 0)
            Show(_training, lane => _order[(_round * _lanes) + lane]);
        float[] importance = new float[_lanes];
        float[] strength = new float[_lanes];
        ModelSettings model = _network.Settings.Model;
        for (int lane = 0; lane < _lanes; lane++)
        {
            int sign = _schedule.NudgeSign(_round, lane);
            _positive[lane] = _schedule.IsPositive(_phase, _phaseOfStimulus, lane);
            importance[lane] = _schedule.Importance(_positive[lane], sign);
            strength[lane] = Strength(model, _positive[lane]) * sign;
        }

        var tag = new PhaseTag(new(_epoch, _phase), _round, importance);
        _present = tag;
        double length = _schedule.Length(_phase);
        if (++_phaseOfStimulus == _network.Settings.Phases.PerStimulus)
        {
            _phaseOfStimulus = 0;
            _round++;
        }

        return new(new(tag, _stimulus), new(tag, _targets, strength), length);
    }

    private static float Strength(ModelSettings model, bool positive)
    {
        if (!positive)
            return model.Negative == NegativePhase.Opposed ? -(float)model.Beta : 0;
        return model.Output == OutputDrive.Clamped ? float.PositiveInfinity : (float)model.Beta;
    }

    private PhaseProgram BeginEvaluationPhase(EvaluationPass pass)
    {
        int first = pass.Begin(_lanes);
        Show(_heldOut, lane => Math.Min(first + lane, _heldOut.Count - 1));
        var tag = new PhaseTag(new(_epoch, _phase), -_phase, new float[_lanes]);
        _present = tag;
        return new(new(tag, _stimulus), new(tag, _targets, new float[_lanes]), _network.Settings.Phases.Length.Mean);
    }

    private void Show(IStimulusSet examples, Func<int, int> exampleOfLane)
    {
        float[] values = new float[_lanes * _network.Input.Size];
        _targets = new float[_lanes * _network.Output.Size];
        (float on, float off) = ActivationFunction.Targets(_network.Output.Settings.Activation);
        Array.Fill(_targets, off);
        for (int lane = 0; lane < _lanes; lane++)
        {
            int example = exampleOfLane(lane);
            examples.CopyInput(example, values.AsSpan(lane * _network.Input.Size, _network.Input.Size));
            _labels[lane] = examples.LabelOf(example);
            _targets[(lane * _network.Output.Size) + _labels[lane]] = on;
        }

        _stimulus = ActivityFrame.Of(values);
    }

    private void ScoreFreePhases(bool answered, ReadOnlySpan<float> output)
    {
        bool first = _network.Settings.Phases.PerStimulus == 1 || _phaseOfStimulus == 1;
        bool free = _network.Settings.Model.Negative == NegativePhase.Free;
        int classes = _network.Output.Size;
        for (int lane = 0; lane < _lanes && first && free; lane++)
        {
            if (!_positive[lane])
                _running.Add(answered && Answer.Of(output.Slice(lane * classes, classes)) == _labels[lane]);
        }
    }
}
