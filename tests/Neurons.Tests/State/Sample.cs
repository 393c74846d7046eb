using Nudge.Signals;
using Nudge.State;

namespace Nudge.Neurons.Tests.State;

internal enum Polarity
{
    Neutral = 0,
    Positive = 3,
}

/// <summary>An object with an item of every kind.</summary>
internal sealed class Sample : IStateful
{
    internal const int Lanes = 2;
    internal const int Units = 3;

    private int _count = 1;
    private long _steps = 2;
    private ulong _order = 3;
    private bool _learns;
    private Polarity _polarity;
    private PhaseTag _tag = PhaseTag.Before(Lanes);
    private PhaseTag? _announced;
    private ControlSignal? _shown;
    private ActivitySignal _arrived = new(0, 0, 0, PhaseTag.Before(Lanes), default, default, Frame(0));
    private byte[] _bytes = [];
    private float[] _images = [];

    internal double Mean { get; private set; }

    internal float Rate { get; private set; }

    internal string Title { get; private set; } = "";

    internal PhaseNumber Below { get; private set; }

    internal long? Due { get; private set; }

    internal float[] Weights { get; } = new float[5];

    internal double[] Goodness { get; } = new double[2];

    internal int[] Labels { get; } = new int[2];

    internal long[] Versions { get; } = new long[3];

    internal bool[] Positive { get; } = new bool[3];

    internal Part[] Parts { get; } = [new(), new()];

    internal Part? Extra { get; private set; }

    internal List<(long Time, int Payload)> Events { get; } = [];

    internal static Sample Filled()
    {
        var tag = new PhaseTag(new(1, 7), 42, [2, -2]);
        var sample = new Sample
        {
            _count = -5,
            _steps = long.MinValue,
            _order = ulong.MaxValue,
            _learns = true,
            _polarity = Polarity.Positive,
            _tag = tag,
            _announced = tag,
            _shown = new NudgeSignal(tag, Frame(3).Values.ToArray(), new float[] { float.PositiveInfinity, 0 }),
            _arrived = new(4, 1, 99, tag, new(1, 6), new(1, 5), Frame(9)),
            _bytes = [1, 2, 3],
            _images = [0.5f, float.NaN],
            Mean = double.NaN,
            Rate = -0f,
            Title = "σ₊",
            Below = new(2, 11),
            Due = 17,
            Extra = new() { Value = 8 },
        };
        for (int i = 0; i < sample.Weights.Length; i++)
            sample.Weights[i] = i / 3f;
        (sample.Goodness[1], sample.Labels[0], sample.Versions[2], sample.Positive[1]) = (1.5, -1, 1L << 40, true);
        sample.Parts[1].Value = 6;
        sample.Events.AddRange([(5, 1), (6, 2), (7, 3)]);
        return sample;
    }

    public void Describe(StateSection state)
    {
        state.Item(1, ref _count);
        state.Item(2, ref _steps);
        state.Item(3, ref _order);
        state.Item(4, ref _learns);
        state.Choice(5, ref _polarity);
        Mean = state.Item(6, Mean);
        Rate = state.Item(7, Rate);
        Title = state.Item(8, Title);
        Below = state.Item(9, Below);
        Due = state.Optional(10, "due", Due, static (StateSection section, ref long due) => section.Item(1, ref due));
        state.Floats(11, Weights);
        state.Doubles(12, Goodness);
        state.Integers(13, Labels);
        state.Integers(14, Versions);
        state.Flags(15, Positive);
        state.List(16, "parts", Parts);
        Extra = state.Optional(17, "extra", Extra, () => new());
        state.VariableList(18, "events", Events, static (StateSection section, ref (long Time, int Payload) item) =>
        {
            section.Item(1, ref item.Time);
            section.Item(2, ref item.Payload);
        });
        _tag = state.Signal(19, _tag, Lanes);
        _announced = state.OptionalSignal(20, _announced, Lanes);
        _shown = state.OptionalSignal(21, _shown, Lanes, Units);
        _arrived = state.Signal(22, _arrived, Lanes, Lanes * Units);
        state.VariableBytes(23, ref _bytes);
        state.VariableFloats(200, ref _images, 1 << 20);
    }

    private static ActivityFrame Frame(float value) =>
        ActivityFrame.Of([.. Enumerable.Range(0, Lanes * Units).Select(i => value + i)]);

    /// <summary>A nested object.</summary>
    internal sealed class Part : IStateful
    {
        internal double Value { get; set; }

        public void Describe(StateSection state) => Value = state.Item(1, Value);
    }
}

/// <summary>States as bytes.</summary>
internal static class Bytes
{
    internal static byte[] Of(Action<StateSection> describe)
    {
        using var stream = new MemoryStream();
        StateRoot.Save(stream, "test", describe);
        return stream.ToArray();
    }

    internal static byte[] Of(IStateful root) => Of(root.Describe);

    internal static void Restore(byte[] bytes, Action<StateSection> describe)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        StateRoot.Restore(stream, "test", describe);
    }

    internal static string Refusal(byte[] bytes, Action<StateSection> describe)
    {
        string message = Assert.Throws<InvalidDataException>(() => Restore(bytes, describe)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
