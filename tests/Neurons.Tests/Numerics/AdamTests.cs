using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class AdamTests
{
    private static readonly AdamStep Step = AdamStep.Of(0.01f, 0.9f, 0.999f, 1e-8f, 0.995f, update: 7);

    [Fact]
    public void A_step_of_a_matrix_is_that_of_its_weights_one_by_one()
    {
        Cases.Matrices.Sample(CheckMatrix, iter: 40);
        Cases.TallMatrices.Sample(CheckMatrix, iter: 20);
    }

    [Fact]
    public void A_step_of_a_vector_is_that_of_its_weights_one_by_one() => Cases.Vectors.Sample(c =>
    {
        var (w, gradient) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(c.Seed + 1, c.Length));
        var (first, second) = (Draws.Vector(c.Seed + 2, c.Length), Squares(c.Seed + 3, c.Length));
        var expected = w.Select((_, i) => PlainLoops.Adam(w[i], first[i], second[i], gradient[i], Step)).ToArray();
        VectorKernels.AddAdam(w, first, second, gradient, Step);
        Near.Same(expected.Select(e => e.W).ToArray(), w);
        Near.Same(expected.Select(e => e.First).ToArray(), first);
        Near.Same(expected.Select(e => e.Second).ToArray(), second);
    });

    [Fact]
    public void Many_steps_are_those_of_the_paper()
    {
        var (w, m, v) = (0.5, 0.0, 0.0);
        float[] weight = [0.5f], first = [0], second = [0];
        for (var t = 1; t <= 500; t++)
        {
            var gradient = Math.Sin(t) + 0.2;
            m = (0.9 * m) + (0.1 * gradient);
            v = (0.999 * v) + (0.001 * gradient * gradient);
            w += 0.01 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
            VectorKernels.AddAdam(
                weight, first, second, [(float)gradient], AdamStep.Of(0.01f, 0.9f, 0.999f, 1e-8f, 1f, t));
            Assert.Equal(w, weight[0], 1e-4);
        }
    }

    [Fact]
    public void The_first_step_goes_the_whole_rate_in_the_direction_of_the_gradient()
    {
        float[] w = [0, 0, 0], first = [0, 0, 0], second = [0, 0, 0];
        VectorKernels.AddAdam(w, first, second, [3f, -0.001f, 0f], AdamStep.Of(0.1f, 0.9f, 0.999f, 1e-8f, 1f, 1));
        Assert.Equal(0.1, w[0], 1e-6);
        Assert.Equal(-0.1, w[1], 1e-5);
        Assert.Equal(0f, w[2]);
    }

    [Fact]
    public void Columns_without_input_move_by_what_is_left_of_their_moments()
    {
        var (w, first, second) = (new PanelMatrix(3, 2), new PanelMatrix(3, 2), new PanelMatrix(3, 2));
        var post = new float[w.PaddedRows];
        post.AsSpan(0, 3).Fill(1f);
        MatrixKernels.AddOuterAdam(w, first, second, post, [1f, 1f], 1, Step);
        var (before, moment) = (w[2, 1], first[2, 1]);
        MatrixKernels.AddOuterAdam(w, first, second, post, [1f, 0f], 1, Step);
        Assert.True(w[2, 1] > before);
        Assert.Equal(0.9f * moment, first[2, 1]);
    }

    [Fact]
    public void Moments_fade_to_zero_and_never_become_subnormal()
    {
        for (var length = 1; length < 20; length++)
        {
            var (w, first, second) = (new float[length], new float[length], new float[length]);
            (first[^1], second[^1]) = (-1f, 1e-20f);
            for (var update = 0; update < 100_000 && (first[^1] != 0f || second[^1] != 0f); update++)
            {
                VectorKernels.AddAdam(w, first, second, new float[length], Step);
                Assert.False(float.IsSubnormal(first[^1]) || float.IsSubnormal(second[^1]));
            }

            Near.Same(new float[length], first);
            Near.Same(new float[length], second);
            first[^1] = float.NaN;
            VectorKernels.AddAdam(w, first, second, new float[length], Step);
            Assert.True(float.IsNaN(w[^1]));
        }
    }

    [Fact]
    public void The_corrections_are_those_of_the_number_of_updates() =>
        Gen.Select(Gen.Single[0f, 0.9999f], Gen.Long[1, 1_000_000]).Sample((beta, update) =>
        {
            var step = AdamStep.Of(1f, beta, beta, 1e-8f, 1f, update);
            Assert.Equal(1 - Math.Pow(beta, update), step.Correction1, 1e-12);
            Assert.Equal(step.Correction1, step.Correction2);
        });

    [Fact]
    public void Constants_without_meaning_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AdamStep.Of(1f, 1f, 0.9f, 1e-8f, 1f, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdamStep.Of(1f, 0.9f, -0.1f, 1e-8f, 1f, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdamStep.Of(1f, 0.9f, 0.9f, 0f, 1f, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdamStep.Of(1f, 0.9f, 0.9f, 1e-8f, 1f, 0));
    }

    private static void CheckMatrix(MatrixCase c)
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var (first, second) = (Draws.Matrix(c.Seed + 1, c.Rows, c.Columns), new PanelMatrix(c.Rows, c.Columns));
        second.CopyFromRowMajor(Squares(c.Seed + 2, c.Rows * c.Columns));
        var post = Draws.Lanes(c.Seed + 3, c.Lanes, c.Rows, w.PaddedRows);
        var pre = Draws.Sparse(~c.Seed, c.Lanes * c.Columns);
        var newW = new PanelMatrix(c.Rows, c.Columns);
        var (newFirst, newSecond) = (new PanelMatrix(c.Rows, c.Columns), new PanelMatrix(c.Rows, c.Columns));
        for (var i = 0; i < c.Rows; i++)
        {
            for (var j = 0; j < c.Columns; j++)
            {
                var gradient = PlainLoops.Gradient(post, pre, c.Lanes, w.PaddedRows, c.Columns, i, j);
                (newW[i, j], newFirst[i, j], newSecond[i, j]) =
                    PlainLoops.Adam(w[i, j], first[i, j], second[i, j], gradient, Step);
            }
        }

        // The storage is compared, and with it the zeros of the padding.
        MatrixKernels.AddOuterAdam(w, first, second, post, pre, c.Lanes, Step);
        Near.Same(newW.Storage, w.Storage);
        Near.Same(newFirst.Storage, first.Storage);
        Near.Same(newSecond.Storage, second.Storage);
    }

    private static float[] Squares(ulong seed, int length) =>
        Draws.Vector(seed, length).Select(x => x * x).ToArray();
}
