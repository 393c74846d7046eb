using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Numerics;
using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>Where the hand of an arm with two joints is: a task of regression.</summary>
public sealed record ArmSettings : DataSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Arm.Instance;
}

internal sealed class Arm()
    : DataSetDefinition<ArmSettings>(
        "arm", "Where the hand of an arm with two joints is, from eight units tuned to each angle: two target values, no classes. Drawn from the seed.")
{
    internal static readonly Arm Instance = new();

    private const int UsualTrain = 4000;
    private const int UsualTest = 1000;

    public override bool IsDrawn => true;

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(ArmSettings settings) => (2 * ArmExamples.Tuned, 2);

    protected override StimulusSets Load(ArmSettings settings, string? folder, ulong seed) => new(
        new ArmExamples(seed, 4, DataSetCatalog.Drawn(settings.Train, UsualTrain)),
        new ArmExamples(seed, 5, DataSetCatalog.Drawn(settings.Test, UsualTest)),
        Name,
        "drawn from the seed")
    {
        Labels = ["x", "y"],
    };
}

/// <summary>
/// Postures of an arm of two equal parts. Each joint turns from 0 to 90°, as t = tan(angle/2) from 0 to 1; the second one from the
/// direction of the first part. Inputs are Gaussian tuning curves of t, targets the place of the hand, brought to 0 to 1.
/// </summary>
internal sealed class ArmExamples : IStimulusSet
{
    /// <summary>Units tuned to one joint.</summary>
    internal const int Tuned = 8;

    private readonly float[][] _inputs;
    private readonly float[][] _targets;

    internal ArmExamples(ulong seed, ulong part, int count)
    {
        _inputs = new float[count][];
        _targets = new float[count][];
        for (int example = 0; example < count; example++)
        {
            var draws = new ExampleDraws(seed, part, example);
            (double first, double second) = (draws.Uniform(), draws.Uniform());
            _inputs[example] = [.. Curves(first), .. Curves(second)];
            _targets[example] = HandAt(first, second);
        }
    }

    /// <inheritdoc/>
    public int Count => _inputs.Length;

    /// <inheritdoc/>
    public int InputSize => 2 * Tuned;

    /// <inheritdoc/>
    public int Classes => 2;

    /// <inheritdoc/>
    public bool HasTargets => true;

    /// <inheritdoc/>
    public int LabelOf(int index) => 0;

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) => _inputs[index].CopyTo(destination);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => _targets[index].CopyTo(destination);

    /// <summary>The place of the hand, from 0 to 1 in both directions.</summary>
    internal static float[] HandAt(double first, double second)
    {
        (double cosA, double sinA) = Circle(first);
        (double cosB, double sinB) = Circle(second);
        double x = cosA + (cosA * cosB) - (sinA * sinB);
        double y = sinA + (sinA * cosB) + (cosA * sinB);
        return [(float)((x + 1) / 3), (float)(y / 2)];
    }

    private static IEnumerable<float> Curves(double t)
    {
        const double Width = 1.0 / (Tuned - 1);
        for (int unit = 0; unit < Tuned; unit++)
        {
            double distance = (t - (unit * Width)) / Width;
            yield return (float)Elementary.Exp(-distance * distance / 2);
        }
    }

    // The rational form of the circle: only exact operations, so that every machine draws the same postures.
    private static (double Cos, double Sin) Circle(double t) => ((1 - (t * t)) / (1 + (t * t)), 2 * t / (1 + (t * t)));
}
