using CsCheck;
using Nudge.Coordinator.Tests.Experiments;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Running;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class ShiftedImagesTests
{
    private const int Most = 2;

    private static readonly Gen<(PictureShape Shape, ulong Seed, long Presentation)> Cases = Gen.Select(
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 7], Gen.Int[1, 3], Gen.Bool, (width, height, channels, interleaved) =>
            new PictureShape(width, height, channels, interleaved)),
        Gen.ULong,
        Gen.Long[0, long.MaxValue]);

    [Fact]
    public void Every_shown_image_is_the_image_moved_by_whole_pixels() => Cases.Sample(one =>
    {
        float[] image = Image(one.Shape);
        float[] shown = Shown(one.Shape, one.Seed, one.Presentation);
        return Moves().Any(move => shown.SequenceEqual(Moved(one.Shape, image, move.Down, move.Right)));
    });

    [Fact]
    public void Every_move_comes_equally_often()
    {
        const int Presentations = 25_000;
        const double Probability = 1.0 / 25;
        var shape = new PictureShape(6, 7);
        float[] image = Image(shape);
        (int Down, int Right)[] moves = [.. Moves()];
        float[][] expected = [.. moves.Select(move => Moved(shape, image, move.Down, move.Right))];
        int[] counts = new int[moves.Length];
        for (int presentation = 0; presentation < Presentations; presentation++)
            counts[Array.FindIndex(expected, Shown(shape, 5, presentation).SequenceEqual)]++;
        double deviation = Math.Sqrt(Presentations * Probability * (1 - Probability));
        Assert.All(counts, count => Assert.InRange(count, (Presentations * Probability) - (5 * deviation), (Presentations * Probability) + (5 * deviation)));
    }

    [Fact]
    public void A_move_does_not_depend_on_what_was_shown_before_or_on_the_example() => Cases.Sample(one =>
    {
        float[] image = Image(one.Shape);
        var images = new ShiftedImages(new VectorSet([image, image], [0, 0], 1), one.Shape, Most, one.Seed);
        float[] first = Shown(images, one.Presentation, 0);
        for (int other = 0; other < 5; other++)
            Shown(images, one.Presentation / (other + 2), 0);
        return first.SequenceEqual(Shown(images, one.Presentation, 1));
    });

    [Fact]
    public void Binary_values_of_moved_images_are_moved_too()
    {
        var shape = new PictureShape(5, 5);
        var moved = new ShiftedImages(new VectorSet([Image(shape)], [0], 1), shape, Most, 3);
        for (int presentation = 0; presentation < 20; presentation++)
            Assert.Equal(Shown(moved, presentation, 0).Select(value => value > 9 ? 1f : 0), Shown(new BinarySet(moved, 9), presentation, 0));
    }

    [Fact]
    public void Runs_of_other_seeds_move_images_otherwise()
    {
        StimulusSets sets = DataSetCatalog.Load(new(new DigitsSettings { Train = 10, Test = 10, Shift = Most }));
        Assert.NotEqual(
            Enumerable.Range(0, 10).SelectMany(n => Shown(sets.Of(1).Train, n)), Enumerable.Range(0, 10).SelectMany(n => Shown(sets.Of(2).Train, n)));
    }

    [Fact]
    public void Only_what_training_shows_is_moved()
    {
        var settings = new DigitsSettings { Train = 10, Test = 10 };
        StimulusSets still = DataSetCatalog.Load(new(settings));
        StimulusSets moved = DataSetCatalog.Load(new(settings with { Shift = Most }));
        Assert.Equal(StimulusFingerprint.Of(still), StimulusFingerprint.Of(moved));
        Assert.Equal(Shown(still.Test, 3), Shown(moved.Test, 3));
        Assert.NotEqual(Shown(still.Train, 3), Shown(moved.Train, 3));
    }

    [Fact]
    public void A_shift_of_what_is_no_image_is_refused_at_its_place()
    {
        ExperimentException refusal = Assert.Throws<ExperimentException>(
            () => PreparedRun.Load(SmallExperiment.Load(SmallExperiment.With("{set: xor}", "{set: xor, shift: 1}")), null));
        Assert.Equal("small.yaml:3:25: data.shift: the examples of the truth table are not known to be images; expected 0", Assert.Single(refusal.Problems).ToString());
    }

    private static IEnumerable<(int Down, int Right)> Moves() =>
        from down in Enumerable.Range(-Most, (2 * Most) + 1)
        from right in Enumerable.Range(-Most, (2 * Most) + 1)
        select (down, right);

    private static float[] Image(PictureShape shape) => [.. Enumerable.Range(1, shape.Values).Select(value => (float)value)];

    private static float[] Moved(PictureShape shape, float[] image, int down, int right)
    {
        float[] moved = new float[image.Length];
        for (int row = Math.Max(0, -down); row < Math.Min(shape.Height, shape.Height - down); row++)
        {
            for (int column = Math.Max(0, -right); column < Math.Min(shape.Width, shape.Width - right); column++)
            {
                for (int channel = 0; channel < shape.Channels; channel++)
                    moved[shape.IndexOf(row + down, column + right, channel)] = image[shape.IndexOf(row, column, channel)];
            }
        }

        return moved;
    }

    private static float[] Shown(PictureShape shape, ulong seed, long presentation) =>
        Shown(new ShiftedImages(new VectorSet([Image(shape)], [0], 1), shape, Most, seed), presentation, 0);

    private static float[] Shown(IStimulusSet set, long presentation, int example = 3)
    {
        float[] shown = new float[set.InputSize];
        set.CopyShown(example, presentation, shown);
        return shown;
    }
}
