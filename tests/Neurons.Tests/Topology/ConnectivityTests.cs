using CsCheck;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Topology;

/// <summary>Tables of connections against the definition.</summary>
public sealed class ConnectivityTests
{
    private static readonly Gen<WindowCase> Any =
        from shares in Gen.Bool
        from kernel in Gen.Int[1, 4]
        from stride in Gen.Int[1, 3]
        from padding in Gen.Int[0, kernel - 1]
        from height in Gen.Int[kernel, kernel + 4]
        from width in Gen.Int[kernel, kernel + 4]
        from sending in Gen.Int[1, 3]
        from receiving in Gen.Int[1, 3]
        select WindowCase.Of(shares, height, width, sending, receiving, kernel, stride, padding);

    [Fact]
    public void Written_out_each_weight_stands_at_all_its_connections_and_nowhere_else() => Any.Sample(one =>
    {
        (Connectivity forward, Connectivity backward) = one.Tables;
        float[] there = [.. Enumerable.Range(1, Count(forward)).Select(i => (float)i)];
        float[] back = [.. Enumerable.Range(1, Count(backward)).Select(i => (float)i)];
        float[] expectedThere = new float[forward.Target.Units * forward.Source.Units];
        float[] expectedBack = new float[expectedThere.Length];
        foreach (WindowConnection connection in one.Connections())
        {
            expectedThere[(connection.Upper * one.Lower.Units) + connection.Lower] = there[connection.Forward];
            expectedBack[(connection.Lower * one.Upper.Units) + connection.Upper] = back[connection.Backward];
        }

        Assert.Equal(expectedThere, forward.WriteOut(there));
        Assert.Equal(expectedBack, backward.WriteOut(back));
    });

    [Fact]
    public void Folding_is_the_adjoint_of_writing_out() => Any.Sample(one =>
    {
        foreach (Connectivity table in new[] { one.Tables.Forward, one.Tables.Backward })
        {
            double[] all = [.. Enumerable.Range(0, (int)(table.Target.Units * table.Source.Units)).Select(i => (double)((i * 7) % 11))];
            float[] weights = [.. Enumerable.Range(0, Count(table)).Select(i => (float)((i * 5) % 13))];
            double folded = table.Fold(all).Zip(weights, (a, b) => a * b).Sum();
            Assert.Equal(table.WriteOut(weights).Zip(all, (a, b) => a * b).Sum(), folded, 1e-6);
        }
    });

    [Fact]
    public void Both_directions_name_a_connection_alike() => Any.Sample(one =>
    {
        (Connectivity forward, Connectivity backward) = one.Tables;
        foreach (WindowConnection connection in one.Connections())
        {
            (int channel, int column) = Math.DivRem(connection.Forward, forward.FileColumnCount);
            Assert.Equal(connection.Backward, forward.MirrorOf(channel, column));
            (channel, column) = Math.DivRem(connection.Backward, backward.FileColumnCount);
            Assert.Equal(connection.Forward, backward.MirrorOf(channel, column));
        }

        Assert.Equal(forward.FileShape, backward.MirroredShape);
        Assert.Equal(backward.FileShape, forward.MirroredShape);
    });

    [Fact]
    public void Fan_in_and_fan_out_are_mean_numbers_of_connections() => Any.Sample(one =>
    {
        double connections = one.Connections().Count();
        (Connectivity forward, Connectivity backward) = one.Tables;
        Assert.Equal(connections / one.Upper.Units, forward.FanIn, 1e-9);
        Assert.Equal(connections / one.Lower.Units, forward.FanOut, 1e-9);
        Assert.Equal((forward.FanIn, forward.FanOut), (backward.FanOut, backward.FanIn));
    });

    [Fact]
    public void A_file_has_receiving_and_sending_channels_and_the_kernel()
    {
        Assert.Equal([5, 3, 2, 2], WindowCase.Of(true, 4, 6, 3, 5, 2, 2, 0).Tables.Forward.FileShape);
        Assert.Equal([3, 5, 2, 2], WindowCase.Of(true, 4, 6, 3, 5, 2, 2, 0).Tables.Backward.FileShape);
        Assert.Equal([5, 2, 3, 3, 2, 2], WindowCase.Of(false, 4, 6, 3, 5, 2, 2, 0).Tables.Forward.FileShape);
    }

    private static int Count(Connectivity table) => table.Target.Channels * table.FileColumnCount;
}
