using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Randomness;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models.ForwardForward;

/// <summary>
/// Forward-Forward (Hinton 2022): the first pixels of an image are overlaid with a label, the right one in the positive
/// phase, a wrong one in the negative. Asked for a class, the network is shown every label, one a phase, and the answer is
/// the one with the largest goodness, summed over all layers.
/// </summary>
internal sealed class ForwardForwardCurriculum : Curriculum
{
    private readonly ForwardForwardSettings _model;
    private readonly int _classes;
    private readonly bool _isOneLayer;
    private readonly RandomKey[] _keys;
    private readonly float[] _goodnessReceived;
    private readonly double[] _goodness;
    private float[] _images = [];

    internal ForwardForwardCurriculum(CurriculumContext context)
        : base(context)
    {
        _model = (ForwardForwardSettings)context.Model;
        _classes = context.Classes;
        _isOneLayer = context.Network.Populations.All(one => one.InputDistance <= 1);
        _keys =
        [
            .. Enumerable.Range(0, Lanes).Select(lane =>
                new RandomKey(context.Seed, RandomPurpose.NegativeLabel, (ulong)lane)),
        ];
        _goodnessReceived = new float[context.Network.Slices.Count * Lanes];
        _goodness = new double[Lanes * _classes];
    }

    public override int Parts => _classes;

    public override bool AsksBefore(ReadOnlySpan<bool> positive) =>
        _model.Negatives == NegativeLabels.ByGoodness && positive.Contains(false);

    public override PhaseProgram Teach(
        PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length)
    {
        int[] shown = new int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            RandomBlock block = _keys[lane].Draw((ulong)tag.Phase.Number);
            shown[lane] = positive[lane] ? Labels[lane] : WrongLabel(lane, block);
        }

        return Program(tag, shown, length);
    }

    public override PhaseProgram Ask(PhaseTag tag, int part, double length)
    {
        int[] shown = new int[Lanes];
        Array.Fill(shown, part);
        return Program(tag, shown, length);
    }

    public override void ForgetAnswers()
    {
        Array.Clear(_goodnessReceived);
        Array.Clear(_goodness);
    }

    public override void Receive(SlicePlan slice, ReadOnlySpan<float> answer)
    {
        if (Counts(slice.Population))
            answer.CopyTo(_goodnessReceived.AsSpan(slice.Index * Lanes, Lanes));
    }

    public override void EndPart(int part)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            double sum = 0;
            for (int place = lane; place < _goodnessReceived.Length; place += Lanes)
                sum += _goodnessReceived[place];
            _goodness[(lane * _classes) + part] = sum;
        }
    }

    public override int AnswerOf(int lane)
    {
        ReadOnlySpan<double> goodness = _goodness.AsSpan(lane * _classes, _classes);
        int best = 0;
        bool undecided = false;
        for (int label = 1; label < _classes; label++)
        {
            if (goodness[label] > goodness[best])
                (best, undecided) = (label, false);
            else if (goodness[label] == goodness[best])
                undecided = true;
        }

        return goodness[best] > 0 && !undecided ? best : NoAnswer;
    }

    public override void Describe(StateSection state)
    {
        base.Describe(state);
        if (state.Present(64, _images.Length > 0, "images"))
        {
            float[] images = state.NewFloats(64, _images, Lanes * Network.Input.Size);
            _images = state.IsRestoring ? images : _images;
        }

        state.Doubles(65, _goodness);
        if (state.Has(66))
            state.Floats(66, _goodnessReceived);
    }

    protected override void Show(float[] values) => _images = values;

    // A stack of one layer has none above the lowest.
    private bool Counts(PopulationPlan layer) => _model.Answer == AnsweringLayers.All || layer.InputDistance > 1 || _isOneLayer;

    private PhaseProgram Program(PhaseTag tag, int[] shown, double length)
    {
        float[] values = (float[])_images.Clone();
        for (int lane = 0; lane < Lanes; lane++)
        {
            Span<float> pixels = values.AsSpan(lane * Network.Input.Size, _classes);
            pixels.Clear();
            pixels[shown[lane]] = (float)_model.LabelValue;
        }

        return new(new StimulusSignal(tag, ActivityFrame.Of(values)), null, length);
    }

    private int WrongLabel(int lane, RandomBlock block)
    {
        double uniform = block.First;
        if (_model.Negatives == NegativeLabels.ByGoodness)
            return DrawByGoodness(lane, uniform);
        if (_model.Negatives == NegativeLabels.Permuted)
            return (int)(uniform * _classes);
        int other = (int)(uniform * (_classes - 1));
        return other < Labels[lane] ? other : other + 1;
    }

    private int DrawByGoodness(int lane, double uniform)
    {
        ReadOnlySpan<double> goodness = _goodness.AsSpan(lane * _classes, _classes);
        double largest = double.NegativeInfinity;
        for (int label = 0; label < _classes; label++)
            largest = label == Labels[lane] ? largest : Math.Max(largest, goodness[label]);
        double sum = 0;
        for (int label = 0; label < _classes; label++)
            sum += label == Labels[lane] ? 0 : Elementary.Exp(goodness[label] - largest);
        double left = uniform * sum;
        int last = -1;
        for (int label = 0; label < _classes; label++)
        {
            if (label == Labels[lane])
                continue;
            last = label;
            left -= Elementary.Exp(goodness[label] - largest);
            if (left < 0)
                break;
        }

        return last;
    }
}
