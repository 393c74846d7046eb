using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Signals;

namespace MyRules;

/// <summary>The settings of the data set, as an experiment file writes them under <c>data</c>.</summary>
public sealed record BlobsSettings : DataSettings
{
    /// <summary>Values of an example.</summary>
    [Range(1, 10_000)]
    public int Inputs { get; init; } = 8;

    /// <summary>Classes, each around a centre of its own.</summary>
    [Range(2, 100)]
    public int Classes { get; init; } = 4;

    /// <summary>Standard deviation of each value around its centre.</summary>
    [Range(0, 10)]
    public double Spread { get; init; } = 0.15;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Blobs.Instance;
}

/// <summary>Normal clouds of points in the unit cube.</summary>
public sealed class Blobs() : DataSetDefinition<BlobsSettings>("blobs", "Normal clouds of points around the centres of their classes.")
{
    private const int UsualTraining = 2000;
    private const int UsualHeldOut = 500;

    internal static readonly Blobs Instance = new();

    /// <inheritdoc/>
    public override bool IsDrawn => true;

    /// <inheritdoc/>
    protected override (int Inputs, int Classes)? Shape(BlobsSettings settings) => (settings.Inputs, settings.Classes);

    /// <inheritdoc/>
    protected override StimulusSets Load(BlobsSettings settings, string? folder, ulong seed) => new(
        new Cloud(settings, seed, 1, settings.Train ?? UsualTraining),
        new Cloud(settings, seed, 2, settings.Test ?? UsualHeldOut),
        Name,
        "drawn from the seed");

    /// <summary>Examples are functions of (seed, part, number): the same on every machine, in any order, on any thread.</summary>
    private sealed class Cloud(BlobsSettings settings, ulong seed, ulong part, int count) : IStimulusSet
    {
        private const ulong CentrePart = 0;

        public int Count => count;

        public int InputSize => settings.Inputs;

        public int Classes => settings.Classes;

        public int LabelOf(int index) => index % settings.Classes;

        public void CopyInput(int index, Span<float> destination)
        {
            var centre = new ExampleDraws(seed, CentrePart, LabelOf(index));
            var own = new ExampleDraws(seed, part, index);
            for (int i = 0; i < settings.Inputs; i++)
                destination[i] = (float)(centre.Uniform() + (settings.Spread * own.Normal()));
        }
    }
}
