using Nudge.Models;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Relaxation;

/// <summary>What a network answers in lockstep.</summary>
/// <param name="Class">The class that it names, or <see cref="Curriculum.NoAnswer"/>.</param>
/// <param name="Values">What the answering populations report at the last step, one after the other: their activity, or their goodness.</param>
public sealed record LockstepAnswer(int Class, IReadOnlyList<float> Values)
{
    /// <summary>Whether it names the class of the example, or every value is within the tolerance of its target.</summary>
    public bool IsCorrect { get; init; }
}

/// <summary>
/// Answers by relaxing the same weights in lockstep, without links, loss or clocks: separates what the weights know
/// from what the asynchronous network shows of it. The slices of the model itself take the steps, so that every model
/// which settles can be asked. A check, and never part of learning.
/// </summary>
public static class SynchronousRelaxation
{
    private const int Lanes = 60;
    private const string Subject = "slice in lockstep";

    /// <summary>Steps that all slices take together before the answer is read.</summary>
    public const int Steps = 80;

    /// <summary>The length of each step, in τ.</summary>
    public const float Share = 0.25f;

    /// <summary>Share of correct answers of free phases.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">Examples to answer.</param>
    /// <param name="count">How many of them, from the first on.</param>
    /// <param name="tolerance">How far an output may be from its target value; not read for classes.</param>
    public static double Accuracy(
        NetworkPlan network, NetworkWeights weights, IStimulusSet examples, int count, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        return count == 0
            ? 0
            : (double)Answers(network, weights, examples, count, tolerance).Count(answer => answer.IsCorrect) / count;
    }

    /// <summary>The answers of free phases.</summary>
    /// <param name="network">The network, of any model that answers.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="examples">Examples to answer.</param>
    /// <param name="count">How many of them, from the first on.</param>
    /// <param name="tolerance">How far an output may be from its target value; not read for classes.</param>
    public static IEnumerable<LockstepAnswer> Answers(
        NetworkPlan network, NetworkWeights weights, IStimulusSet examples, int count, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        var lockstep = new Lockstep(InLockstep(network.Settings), weights);
        return Enumerable.Range(0, (count + Lanes - 1) / Lanes).SelectMany(
            batch => lockstep.Answer(examples, batch * Lanes, Math.Min(Lanes, count - (batch * Lanes)), tolerance));
    }

    /// <summary>The same populations and projections on ideal links, whole, with a lane for each of many examples.</summary>
    private static NetworkPlan InLockstep(NetworkSettings settings) => NetworkCompiler.Compile(
        settings with
        {
            Populations = [.. settings.Populations.Select(one => KeyValuePair.Create(one.Key, one.Value with { Granularity = null }))],
            Granularity = GranularitySettings.Layer,
            Links = new(),
            Clocks = new(),
            Devices = settings.Devices with { Noise = 0 },
            Learning = settings.Learning with { Tags = TagTransport.PiggyBacked, Batch = 1, Optimiser = new(), Weights = new() },
            Phases = settings.Phases with { B = 0.5 },
            Lanes = Lanes,
        },
        1);

    private sealed class Lockstep
    {
        private readonly NetworkPlan _network;
        private readonly PopulationSlice[] _slices;
        private readonly PopulationSlice[] _answering;
        private readonly byte[][] _atRest;
        private readonly Curriculum _curriculum;

        internal Lockstep(NetworkPlan network, NetworkWeights weights)
        {
            _network = network;
            _slices = [.. network.Slices.Select(slice => network.CreateSlice(slice))];
            weights.CopyTo(_slices);
            _atRest = [.. _slices.Select(slice => StateBytes.Of(Subject, slice))];
            _answering = [.. network.Answering.Select(population => _slices.First(slice => slice.Plan.Population == population))];
            _curriculum = network.CreateCurriculum(Steps * Share);
        }

        /// <summary>The answers to the examples of one batch.</summary>
        internal IReadOnlyList<LockstepAnswer> Answer(IStimulusSet examples, int first, int count, double tolerance)
        {
            _curriculum.Show(examples, lane => first + Math.Min(lane, count - 1));
            _curriculum.ForgetAnswers();
            for (int part = 0; part < _curriculum.Parts; part++)
                Ask(part);
            return
            [
                .. Enumerable.Range(0, count).Select(lane => new LockstepAnswer(_curriculum.AnswerOf(lane), ValuesOf(lane))
                {
                    IsCorrect = _curriculum.IsCorrect(lane, tolerance),
                }),
            ];
        }

        private float[] ValuesOf(int lane)
        {
            var values = new List<float>();
            foreach (PopulationSlice slice in _answering)
            {
                float[] answer = new float[Lanes * slice.AnswerSize];
                slice.CopyAnswer(answer);
                values.AddRange(answer.AsSpan(lane * slice.AnswerSize, slice.AnswerSize));
            }

            return [.. values];
        }

        private void Ask(int part)
        {
            // Strong weights keep a network where the last examples left it: each batch begins at rest.
            for (int i = 0; i < _slices.Length; i++)
                StateBytes.Restore(_atRest[i], Subject, _slices[i]);
            var tag = new PhaseTag(new(0, part + 1), -1, new float[Lanes]);
            PhaseProgram program = _curriculum.Ask(tag, part, Steps * Share);
            foreach (PopulationSlice slice in _slices)
                Show(slice, program);
            for (int step = 0; step < Steps; step++)
                Step();
            foreach (PopulationSlice slice in _answering)
            {
                float[] answer = new float[Lanes * slice.AnswerSize];
                slice.CopyAnswer(answer);
                _curriculum.Receive(slice.Plan, answer);
            }

            _curriculum.EndPart(part);
        }

        private static void Show(PopulationSlice slice, PhaseProgram program)
        {
            if (slice.Plan.Population.Role == PopulationRole.Input)
                slice.Receive(program.Stimulus);
            if (slice.Plan.Population.Role == PopulationRole.Output && program.Target is { } target)
                slice.Receive(target);
        }

        /// <summary>All slices send what they are at, and then all step.</summary>
        private void Step()
        {
            ActivitySignal[] signals = [.. _slices.Select(slice => slice.Send(null))];
            foreach (LinkPlan link in _network.Links)
                _slices[link.Target.Index].Receive(link.AfferentSlot, link.SourceSlot, signals[link.Source.Index]);
            foreach (PopulationSlice slice in _slices)
                slice.Step(Share);
        }
    }
}
