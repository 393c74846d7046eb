using CsCheck;
using Nudge.Neurons.Tests.Numerics;
using Nudge.Numerics;
using Nudge.Synapses;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Synapses;

/// <summary>Products and updates with windows against plain loops over the connections, in double precision.</summary>
public sealed class WindowProductTests
{
    private static readonly Gen<WindowCase> AnyWindows =
        from shares in Gen.Bool
        from kernel in Gen.Int[1, 5]
        from stride in Gen.Int[1, 3]
        from padding in Gen.Int[0, kernel - 1]
        from height in Gen.Int[kernel, kernel + 6]
        from width in Gen.Int[kernel, kernel + 6]
        from sending in Gen.Int[1, 20]
        from receiving in Gen.Int[1, 20]
        select WindowCase.Of(shares, height, width, sending, receiving, kernel, stride, padding);

    private static readonly Gen<WindowCase> AnyPooling =
        from kernel in Gen.Int[1, 4]
        from stride in Gen.Int[1, 4]
        from height in Gen.Int[kernel, kernel + 7]
        from width in Gen.Int[kernel, kernel + 7]
        from channels in Gen.Int[1, 20]
        select new WindowCase(
            new PoolingConnect { Kernel = kernel, Stride = stride },
            new() { Height = height, Width = width, Channels = channels },
            new() { Height = ((height - kernel) / stride) + 1, Width = ((width - kernel) / stride) + 1, Channels = channels });

    private static readonly Gen<(WindowCase Case, int Lanes, ulong Seed)> Any =
        Gen.Select(AnyWindows, Gen.Int[1, 8], Gen.ULong);

    [Fact]
    public void The_product_is_the_sum_over_the_connections_in_both_directions() => Any.Sample(
        one =>
        {
            CheckProduct(one.Case, false, one.Lanes, one.Seed);
            CheckProduct(one.Case, true, one.Lanes, one.Seed);
        },
        iter: 60);

    [Fact]
    public void The_update_is_the_sum_over_the_connections_that_share_a_weight_in_both_directions() => Any.Sample(
        one =>
        {
            CheckUpdate(one.Case, false, one.Lanes, one.Seed);
            CheckUpdate(one.Case, true, one.Lanes, one.Seed);
        },
        iter: 60);

    [Fact]
    public void A_channel_keeps_its_bits_when_the_channels_are_cut() => Any.Sample(
        one =>
        {
            (Connectivity table, _) = one.Case.Tables;
            int first = (int)(one.Seed % (ulong)table.Target.Channels);
            float[] weights = Draws.Vector(one.Seed, (int)table.Weights);
            SlicePlan whole = Slice(table.Target, 0);
            SlicePlan part = Slice(table.Target, first);
            float[] x = Draws.Vector(~one.Seed, one.Lanes * (int)table.Source.Units);
            Same(whole, part, one.Lanes, Product(table, whole, weights, x, one.Lanes), Product(table, part, weights, x, one.Lanes));
            float[] post = Draws.Lanes(one.Seed + 1, one.Lanes, whole.Count, PanelMatrix.Pad(whole.Count));
            float[] all = Updated(table, whole, weights, post, x, one.Lanes, one.Lanes, 0.9f);
            float[] some = Updated(table, part, weights, Cut(whole, part, one.Lanes, post), x, one.Lanes, one.Lanes, 0.9f);
            Near.Same(all.AsSpan(first * table.Columns), some);
        },
        iter: 40);

    [Fact]
    public void Pooling_is_the_mean_of_a_window_and_its_transpose() => Gen.Select(AnyPooling, Gen.Int[1, 4], Gen.ULong).Sample(
        one =>
        {
            (WindowCase windows, int lanes, ulong seed) = one;
            (Connectivity forward, Connectivity backward) = windows.Tables;
            double weight = 1.0 / (windows.Windows.Kernel * windows.Windows.Kernel);
            foreach ((Connectivity table, bool isBackward) in new[] { (forward, false), (backward, true) })
            {
                SlicePlan slice = Slice(table.Target, table.Target.Channels / 2);
                float[] x = Draws.Vector(seed, lanes * (int)table.Source.Units);
                float[] y = Product(table, slice, [], x, lanes);
                double[] sums = new double[lanes * table.Target.Units];
                foreach (WindowConnection connection in windows.Connections())
                {
                    (int from, int to) = isBackward ? (connection.Upper, connection.Lower) : (connection.Lower, connection.Upper);
                    for (int lane = 0; lane < lanes; lane++)
                        sums[(lane * table.Target.Units) + to] += weight * x[(lane * table.Source.Units) + from];
                }

                for (int lane = 0; lane < lanes; lane++)
                {
                    for (int i = 0; i < slice.Count; i++)
                    {
                        Assert.Equal(
                            sums[(lane * table.Target.Units) + slice.First + i], y[(lane * PanelMatrix.Pad(slice.Count)) + i], 1e-5);
                    }
                }
            }
        },
        iter: 60);

    [Fact]
    public void A_sum_of_twice_as_many_terms_as_lanes_is_that_of_two_updates()
    {
        (Connectivity table, _) = WindowCase.Of(true, 7, 6, 3, 5, 3, 2, 1).Tables;
        SlicePlan slice = Slice(table.Target, 0);
        float[] weights = Draws.Vector(1, (int)table.Weights);
        float[] post = Draws.Lanes(2, 4, slice.Count, PanelMatrix.Pad(slice.Count));
        float[] pre = Draws.Vector(3, 4 * (int)table.Source.Units);
        float[] once = Updated(table, slice, weights, post, pre, 2, 4, 1);
        float[] first = Updated(table, slice, weights, post[..(post.Length / 2)], pre[..(pre.Length / 2)], 2, 2, 1);
        float[] both = Updated(table, slice, first, post[(post.Length / 2)..], pre[(pre.Length / 2)..], 2, 2, 1);
        Near.Same(both, once);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        foreach (bool shares in new[] { true, false })
        {
            (Connectivity forward, Connectivity table) = WindowCase.Of(shares, 7, 6, 18, 5, 3, 2, 1).Tables;
            foreach (Connectivity direction in new[] { forward, table })
            {
                SlicePlan slice = Slice(direction.Target, 0);
                var products = new WindowProducts(direction, 3, slice);
                PanelMatrix weights = WindowProducts.Blank(direction, slice);
                float[] post = new float[3 * PanelMatrix.Pad(slice.Count)];
                float[] pre = new float[3 * direction.Source.Units];
                products.Multiply(weights, pre, post);
                products.AddOuter(weights, post, pre, 3, 1);
                long before = GC.GetAllocatedBytesForCurrentThread();
                products.Multiply(weights, pre, post);
                products.AddOuter(weights, post, pre, 3, 1);
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
        }
    }

    private static void CheckProduct(WindowCase windows, bool isBackward, int lanes, ulong seed)
    {
        Connectivity table = isBackward ? windows.Tables.Backward : windows.Tables.Forward;
        SlicePlan slice = Slice(table.Target, 0);
        float[] file = Draws.Vector(seed, table.Target.Channels * table.FileColumnCount);
        float[] x = Draws.Vector(~seed, lanes * (int)table.Source.Units);
        float[] y = Product(table, slice, Stored(table, file), x, lanes);
        double[] sums = new double[lanes * slice.Count];
        double[] sizes = new double[sums.Length];
        int terms = 0;
        foreach (WindowConnection one in windows.Connections())
        {
            terms++;
            (int from, int to, int place) = Ends(one, isBackward);
            for (int lane = 0; lane < lanes; lane++)
            {
                double term = (double)file[place] * x[(lane * (int)table.Source.Units) + from];
                sums[(lane * slice.Count) + to] += term;
                sizes[(lane * slice.Count) + to] += Math.Abs(term);
            }
        }

        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < slice.Count; i++)
            {
                int at = (lane * slice.Count) + i;
                Near.Sum(sums[at], sizes[at], Math.Min(terms, table.Columns), y[(lane * PanelMatrix.Pad(slice.Count)) + i]);
            }
        }
    }

    private static void CheckUpdate(WindowCase windows, bool isBackward, int lanes, ulong seed)
    {
        const float Keep = 0.75f;
        Connectivity table = isBackward ? windows.Tables.Backward : windows.Tables.Forward;
        SlicePlan slice = Slice(table.Target, 0);
        int stride = PanelMatrix.Pad(slice.Count);
        float[] file = Draws.Vector(seed, table.Target.Channels * table.FileColumnCount);
        float[] post = Draws.Lanes(seed + 1, lanes, slice.Count, stride);
        float[] pre = Draws.Vector(~seed, lanes * (int)table.Source.Units);
        float[] updated = Updated(table, slice, Stored(table, file), post, pre, lanes, lanes, Keep);
        double[] sums = [.. file.Select(value => (double)(Keep * value))];
        double[] sizes = [.. sums.Select(Math.Abs)];
        foreach (WindowConnection one in windows.Connections())
        {
            (int from, int to, int place) = Ends(one, isBackward);
            for (int lane = 0; lane < lanes; lane++)
            {
                double term = (double)post[(lane * stride) + to] * pre[(lane * (int)table.Source.Units) + from];
                sums[place] += term;
                sizes[place] += Math.Abs(term);
            }
        }

        for (int channel = 0; channel < table.Target.Channels; channel++)
        {
            for (int column = 0; column < table.Columns; column++)
            {
                int place = (channel * table.FileColumnCount) + table.FileColumnOf(column);
                Near.Sum(
                    sums[place], sizes[place], lanes * table.Target.Positions, updated[(channel * table.Columns) + column]);
            }
        }
    }

    private static (int From, int To, int Place) Ends(WindowConnection one, bool isBackward) =>
        isBackward ? (one.Upper, one.Lower, one.Backward) : (one.Lower, one.Upper, one.Forward);

    private static float[] Stored(Connectivity table, float[] file) =>
    [
        .. Enumerable.Range(0, table.Target.Channels).SelectMany(channel => Enumerable.Range(0, table.Columns)
            .Select(column => file[(channel * table.FileColumnCount) + table.FileColumnOf(column)])),
    ];

    private static float[] Product(Connectivity table, SlicePlan slice, float[] weights, float[] x, int lanes)
    {
        float[] y = new float[lanes * PanelMatrix.Pad(slice.Count)];
        for (int lane = 0; lane < lanes; lane++)
            y.AsSpan(lane * PanelMatrix.Pad(slice.Count), slice.Count).Fill(float.NaN);
        new WindowProducts(table, lanes, slice).Multiply(Matrix(table, slice, weights), x, y);
        return y;
    }

    private static float[] Updated(
        Connectivity table, SlicePlan slice, float[] weights, float[] post, float[] pre, int lanes, int terms, float keep)
    {
        PanelMatrix matrix = Matrix(table, slice, weights);
        new WindowProducts(table, lanes, slice).AddOuter(matrix, post, pre, terms, keep);
        return matrix.ToRowMajor();
    }

    private static PanelMatrix Matrix(Connectivity table, SlicePlan slice, float[] weights)
    {
        PanelMatrix matrix = WindowProducts.Blank(table, slice);
        if (!table.IsFixed)
            matrix.CopyFromRowMajor(weights.AsSpan(slice.First / table.Target.Positions * table.Columns));
        return matrix;
    }

    private static void Same(SlicePlan whole, SlicePlan part, int lanes, float[] all, float[] some)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            Near.Same(
                all.AsSpan((lane * PanelMatrix.Pad(whole.Count)) + part.First, part.Count),
                some.AsSpan(lane * PanelMatrix.Pad(part.Count), part.Count));
        }
    }

    private static float[] Cut(SlicePlan whole, SlicePlan part, int lanes, float[] all)
    {
        float[] cut = new float[lanes * PanelMatrix.Pad(part.Count)];
        for (int lane = 0; lane < lanes; lane++)
        {
            all.AsSpan((lane * PanelMatrix.Pad(whole.Count)) + part.First, part.Count)
                .CopyTo(cut.AsSpan(lane * PanelMatrix.Pad(part.Count)));
        }

        return cut;
    }

    private static SlicePlan Slice(PopulationShape shape, int firstChannel)
    {
        var population = new PopulationPlan(
            0, "population", new() { Role = PopulationRole.Hidden, Shape = shape }, (int)shape.Units, 0, 0);
        int first = firstChannel * shape.Positions;
        return new(0, population, first, (int)shape.Units - first);
    }
}
