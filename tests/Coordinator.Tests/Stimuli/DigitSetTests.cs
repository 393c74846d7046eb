using Nudge.DataSets;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class DigitSetTests
{
    private const int Classes = 10;
    private const ulong ExpectedSum = 1842974580839968873;

    [Fact]
    public void Digits_are_not_trivial_for_a_nearest_mean_or_a_linear_classifier()
    {
        StimulusSets digits = DataSetCatalog.Load(new(new DigitsSettings { Train = 10_000, Test = 2000 }));
        double nearest = NearestMean(digits);
        double linear = Linear(digits);
        Assert.InRange(nearest, 0.4, 0.80);
        Assert.InRange(linear, 0.8, 0.92);
    }

    [Fact]
    public void An_example_is_a_function_of_seed_part_and_number_alone()
    {
        ImageSet few = DigitSet.Draw(5, held: false, 20);
        ImageSet many = DigitSet.Draw(5, held: false, 50);
        for (int i = 0; i < 20; i++)
            Assert.Equal(Image(few, i), Image(many, i));
        Assert.NotEqual(Image(few, 0), Image(DigitSet.Draw(5, held: true, 20), 0));
        Assert.NotEqual(Image(few, 0), Image(DigitSet.Draw(6, held: false, 20), 0));
    }

    [Fact]
    public void The_drawing_is_the_same_on_every_machine()
    {
        // A committed sum over pixels: it would move with the least difference in any of them.
        ImageSet digits = DigitSet.Draw(1, held: false, 200);
        ulong sum = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            foreach (float pixel in Image(digits, i))
                sum = unchecked((sum * 31) + (ulong)(pixel * 255));
        }

        Assert.Equal(ExpectedSum, sum);
    }

    [Fact]
    public void Every_ten_examples_hold_every_digit_once()
    {
        ImageSet digits = DigitSet.Draw(2, held: false, 40);
        for (int first = 0; first < 40; first += 10)
            Assert.Equal(Enumerable.Range(0, 10), Enumerable.Range(first, 10).Select(digits.LabelOf).Order());
    }

    [Fact]
    public void Most_pixels_are_silent()
    {
        ImageSet digits = DigitSet.Draw(3, held: false, 200);
        double share = Enumerable.Range(0, 200).Average(i => Image(digits, i).Count(pixel => pixel > 0) / 784.0);
        Assert.InRange(share, 0.08, 0.25);
    }

    private static float[] Image(ImageSet set, int index)
    {
        float[] image = new float[set.InputSize];
        set.CopyInput(index, image);
        return image;
    }

    private static double NearestMean(StimulusSets sets)
    {
        float[][] means = [.. Enumerable.Range(0, Classes).Select(_ => new float[784])];
        float[] x = new float[784];
        for (int i = 0; i < sets.Train.Count; i++)
        {
            sets.Train.CopyInput(i, x);
            for (int k = 0; k < x.Length; k++)
                means[sets.Train.LabelOf(i)][k] += x[k] * Classes / sets.Train.Count;
        }

        return Score(sets.Test, (image, c) => -means[c].Zip(image, (m, v) => (m - v) * (m - v)).Sum());
    }

    /// <summary>Multinomial logistic regression, trained until it gains no more.</summary>
    private static double Linear(StimulusSets sets)
    {
        float[][] weights = [.. Enumerable.Range(0, Classes).Select(_ => new float[785])];
        float[] x = new float[784];
        double[] p = new double[Classes];
        for (int pass = 0; pass < 12; pass++)
        {
            float rate = 0.02f / (1 + (0.3f * pass));
            for (int i = 0; i < sets.Train.Count; i++)
            {
                sets.Train.CopyInput(i, x);
                for (int c = 0; c < Classes; c++)
                    p[c] = Math.Exp(Math.Min(50, Sum(weights[c], x)));
                double total = p.Sum();
                for (int c = 0; c < Classes; c++)
                {
                    float error = rate * (float)((p[c] / total) - (sets.Train.LabelOf(i) == c ? 1 : 0));
                    for (int k = 0; k < x.Length; k++)
                        weights[c][k] -= error * x[k];
                    weights[c][784] -= error;
                }
            }
        }

        return Score(sets.Test, (image, c) => Sum(weights[c], image));
    }

    private static float Sum(float[] weights, float[] x)
    {
        float sum = weights[784];
        for (int k = 0; k < x.Length; k++)
            sum += weights[k] * x[k];
        return sum;
    }

    private static double Score(IStimulusSet test, Func<float[], int, float> score)
    {
        float[] image = new float[784];
        int correct = 0;
        for (int i = 0; i < test.Count; i++)
        {
            test.CopyInput(i, image);
            int best = Enumerable.Range(0, Classes).MaxBy(c => score(image, c));
            correct += best == test.LabelOf(i) ? 1 : 0;
        }

        return (double)correct / test.Count;
    }
}
