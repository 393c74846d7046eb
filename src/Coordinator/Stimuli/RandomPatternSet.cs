using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Randomness;
using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>
/// Random patterns of any size: each class has one, with a quarter of its values on, and an example is the pattern of its
/// class with a tenth of the values drawn again. Nothing is stored: a value is a function of (seed, part of the set,
/// example, place) alone, on every machine.
/// </summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="held">Whether it is the held-out part, which shares the classes' patterns and no other draw.</param>
/// <param name="count">Number of examples; the classes take turns.</param>
/// <param name="inputs">Values of an example.</param>
/// <param name="classes">Number of classes.</param>
public sealed class RandomPatternSet(ulong seed, bool held, int count, int inputs, int classes) : IStimulusSet
{
    private const double On = 0.25;
    private const double Redrawn = 0.1;
    private const ulong Patterns = 8;
    private const ulong Examples = 9;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public int InputSize => inputs;

    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public int LabelOf(int index) => index % classes;

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination)
    {
        var pattern = new ExampleDraws(seed, Patterns, LabelOf(index));
        var own = new ExampleDraws(seed, Examples + (held ? 1u : 0u), index);
        for (int place = 0; place < inputs; place++)
        {
            // Two values of a block each: the first decides whether the second is used.
            RandomBlock draws = own.Block();
            double usual = pattern.Uniform();
            destination[place] = (draws.Uniform(0) < Redrawn ? draws.Uniform(1) : usual) < On ? 1 : 0;
        }
    }
}

/// <summary>Random patterns of any size, one for each class, drawn from the seed.</summary>
public sealed record RandomPatternsSettings : DataSettings
{
    /// <summary>Values of an example.</summary>
    [Range(1, 1_000_000)]
    public int Inputs { get; init; } = 784;

    /// <summary>Number of classes.</summary>
    [Range(2, 1_000_000)]
    public int Classes { get; init; } = 10;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => RandomPatterns.Instance;
}

internal sealed class RandomPatterns()
    : DataSetDefinition<RandomPatternsSettings>(
        "random-patterns", "Random patterns of any size, one for each class, drawn from the seed.")
{
    internal static readonly RandomPatterns Instance = new();

    public override bool IsDrawn => true;

    protected override (int Inputs, int Classes)? Shape(RandomPatternsSettings settings) => (settings.Inputs, settings.Classes);

    protected override StimulusSets Load(RandomPatternsSettings settings, string? folder, ulong seed) =>
        new(
            new RandomPatternSet(
                seed, held: false, DataSetCatalog.Drawn(settings.Train, 10_000), settings.Inputs, settings.Classes),
            new RandomPatternSet(
                seed, held: true, DataSetCatalog.Drawn(settings.Test, 2000), settings.Inputs, settings.Classes),
            Name,
            "drawn from the seed");
}
