using Nudge.Models;

namespace Nudge.Analysis.Tests.Oracles;

public sealed class GradientVectorTests
{
    private static readonly GradientVector A = new([[1, -2], [0]], [[], [2]]);
    private static readonly GradientVector B = new([[3, 4], [0]], [[], [0]]);

    [Fact]
    public void Products_and_lengths_run_over_all_weights_and_biases()
    {
        Assert.Equal(-5, A.Dot(B));
        Assert.Equal(3, A.Norm());
        Assert.Equal(5, B.Norm());
        Assert.Equal(-1.0 / 3, A.Cosine(B), 15);
        Assert.Equal(0, A.Cosine(B.Scale(0)));
    }

    [Fact]
    public void Signs_are_compared_where_the_reference_has_one()
    {
        Assert.Equal(0.5, A.SignAgreement(B));
        Assert.Equal(1.0 / 3, B.SignAgreement(A), 15);
        Assert.Equal(1, A.SignAgreement(A.Scale(0.1)));
        Assert.True(double.IsNaN(A.SignAgreement(A.Scale(0))));
    }

    [Fact]
    public void Differences_and_multiples_keep_the_shape()
    {
        GradientVector difference = A.Subtract(B.Scale(2));
        Assert.Equal([-5, -10], difference.Weights[0]);
        Assert.Equal([2], difference.Biases[1]);
        Assert.Empty(difference.Biases[0]);
    }

    [Fact]
    public void Vectors_of_other_networks_are_refused() =>
        Assert.Throws<ArgumentException>(() => A.Dot(new GradientVector([[1, 2, 3]], [[], [2]])));
}
