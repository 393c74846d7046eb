using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Randomness;

/// <summary>What a random draw is for. The numbers are part of every result and never change.</summary>
public enum RandomPurpose
{
    /// <summary>First weights; id: projection.</summary>
    WeightInitialisation = 1,

    /// <summary>Order of examples; id: pass over the data.</summary>
    StimulusOrder = 2,

    /// <summary>Polarity of phases; id: lane.</summary>
    PhasePolarity = 3,

    /// <summary>Length of phases.</summary>
    PhaseLength = 4,

    /// <summary>Fate of activity messages; id: link.</summary>
    LinkFate = 5,

    /// <summary>Fate of control messages; id: channel.</summary>
    ControlFate = 6,

    /// <summary>Jitter of local clocks; id: population and first unit.</summary>
    ClockJitter = 7,

    /// <summary>Rate error of local clocks; id: population and first unit.</summary>
    ClockRate = 8,

    /// <summary>Sign of the nudge; id: lane.</summary>
    NudgeSign = 9,

    /// <summary>Examples drawn by the program itself.</summary>
    DataSet = 10,

    /// <summary>Samples of binary units; id: population and lane, draw: step and unit.</summary>
    GibbsSample = 11,

    /// <summary>Wrong labels of Forward-Forward; id: lane.</summary>
    NegativeLabel = 12,

    /// <summary>Samples of what a label looks like; id: population, label and chain.</summary>
    LabelSample = 13,

    /// <summary>Fate of acknowledgements of activity, or of requests for it; id: link.</summary>
    ReturnFate = 14,

    /// <summary>Weights whose sign an intervention turns; id: intervention and projection, draw: connection.</summary>
    WeightFlip = 15,

    /// <summary>Division of examples into training and held-out ones; id: class, or part whose order is drawn.</summary>
    DataSplit = 16,

    /// <summary>Order of blocks of one class, id: round of them; and of the examples of a class, id: class and pass.</summary>
    ClassBlocks = 17,

    /// <summary>Rounding of weights of few bits; id: projection and first unit, draw: update and place.</summary>
    WeightRounding = 18,

    /// <summary>Samples of units from their own prediction; id: population and lane, draw: phase and unit.</summary>
    AncestralSample = 19,

    /// <summary>Slopes of the responses of deviating units; id: population, draw: unit.</summary>
    DeviceSlope = 21,

    /// <summary>Thresholds of deviating units; id: population, draw: unit.</summary>
    DeviceThreshold = 22,

    /// <summary>Gains of what deviating units send; id: population and channel, draw: unit.</summary>
    DeviceGain = 23,

    /// <summary>Offsets of what deviating units send; id: population and channel, draw: unit.</summary>
    DeviceOffset = 24,

    /// <summary>Noise on what units send; id: population and first unit, draw: step and place.</summary>
    DeviceNoise = 25,

    /// <summary>How far training images are moved; draw: presentation.</summary>
    ImageShift = 26,

    /// <summary>Annealed importance sampling; id: chain.</summary>
    Annealing = 20,

    /// <summary>Resampling of runs for the intervals of a report; id: what the interval is of.</summary>
    Bootstrap = 40,

    /// <summary>Delays and lengths of phases that warnings are computed from; id: link on the way.</summary>
    Advice = 41,
}

/// <summary>Names one stream of random draws by (seed, purpose, id); a counter names the draw (architecture, Determinism).</summary>
public readonly struct RandomKey : IEquatable<RandomKey>
{
    private const int IdBits = 52;
    private readonly ulong _seed;
    private readonly ulong _stream;

    /// <summary>Names a stream.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">What the draws are for.</param>
    /// <param name="id">Which link, population or lane they are for; at most 52 bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id has more than 52 bits.</exception>
    public RandomKey(ulong seed, RandomPurpose purpose, ulong id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, 1UL << IdBits);
        _seed = seed;
        _stream = ((ulong)purpose << IdBits) | id;
    }

    /// <summary>Whether two keys name one stream.</summary>
    public static bool operator ==(RandomKey a, RandomKey b) => a.Equals(b);

    /// <summary>Whether two keys name different streams.</summary>
    public static bool operator !=(RandomKey a, RandomKey b) => !a.Equals(b);

    /// <summary>The draw of a number: the same whenever and wherever it is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RandomBlock Draw(ulong counter) => Philox4x32.Encrypt(
        new((uint)counter, (uint)(counter >> 32), (uint)_stream, (uint)(_stream >> 32)),
        (uint)_seed,
        (uint)(_seed >> 32));

    /// <summary>The words of eight consecutive draws; only where <see cref="Avx2"/> is supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (Vector256<uint> Of01, Vector256<uint> Of23, Vector256<uint> Of45, Vector256<uint> Of67) DrawEight(
        ulong firstCounter) => Philox4x32.EncryptEight(firstCounter, _stream, _seed);

    /// <inheritdoc/>
    public bool Equals(RandomKey other) => _seed == other._seed && _stream == other._stream;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RandomKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_seed, _stream);
}
