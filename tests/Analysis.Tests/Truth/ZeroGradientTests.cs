using Nudge.Truth;

namespace Nudge.Analysis.Tests.Truth;

public sealed class ZeroGradientTests
{
    [Fact]
    public void Where_the_gradient_is_zero_there_is_no_angle_also_where_nothing_was_learned()
    {
        var series = new UpdateSeries("a-b", 3, UpdateProbe.Blocks, 1);

        TruthFigures figures = TruthFigures.Of([(series, new double[3])]);

        Assert.True(figures.GradientIsZero);
        Assert.True(double.IsNaN(figures.Cosine));
        Assert.Equal(0, TruthFigures.Of([(series, [1, 0, 0])]).Cosine);
    }

    [Fact]
    public void Where_no_connection_learns_there_is_nothing_to_compare()
    {
        TruthFigures figures = TruthFigures.Of([]);

        Assert.True(figures.GradientIsZero);
        Assert.Equal(0, figures.Variance);
    }
}
