using System.Collections.Concurrent;
using Akka.Dispatch;
using Nudge.Actors.Loops;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors.Loops;

/// <summary>One thread runs all that it is given, each once and in turn.</summary>
public sealed class LoopTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_many_threads_give_is_run_once_each_in_the_order_of_its_thread_and_on_one_thread()
    {
        const int Givers = 4;
        const int Each = 5000;
        var loop = new Loop("test", spins: 0, sockets: null);
        var ran = new ConcurrentQueue<(int Giver, int Number, int Thread)>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(Enumerable.Range(0, Givers).Select(giver => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int number = i;
                loop.Execute(new ActionRunnable(() =>
                {
                    ran.Enqueue((giver, number, Environment.CurrentManagedThreadId));
                    if (ran.Count == Givers * Each)
                        done.SetResult();
                }));
            }
        })));
        await done.Task.WaitAsync(Within);
        loop.End();
        Assert.Equal(Givers * Each, ran.Count);
        Assert.Single(ran.Select(work => work.Thread).Distinct());
        Assert.All(ran.GroupBy(work => work.Giver), giver => Assert.Equal(Enumerable.Range(0, Each), giver.Select(work => work.Number)));
    }

    [Fact]
    public async Task Work_that_gives_work_without_end_keeps_no_other_thread_waiting()
    {
        var loop = new Loop("test", spins: 0, sockets: null);
        bool stop = false;
        void Again()
        {
            if (!Volatile.Read(ref stop))
                loop.Execute(new ActionRunnable(Again));
        }

        loop.Execute(new ActionRunnable(Again));
        for (int i = 0; i < 100; i++)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Execute(new ActionRunnable(heard.SetResult));
            await heard.Task.WaitAsync(Within);
        }

        Volatile.Write(ref stop, true);
        loop.End();
    }

    [Fact]
    public async Task A_loop_that_slept_wakes_for_each_piece_of_work()
    {
        var loop = new Loop("test", spins: 0, sockets: null);
        for (int i = 0; i < 200; i++)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Execute(new ActionRunnable(heard.SetResult));
            await heard.Task.WaitAsync(Within);
            await Task.Yield();
        }

        loop.End();
    }

    [Fact]
    public void Small_networks_share_one_loop_and_large_ones_use_the_cores()
    {
        NetworkPlan small = NetworkCompiler.Compile(SmallNetwork.Settings(6, 16, 3), 3);
        Assert.Equal(1, LoopAssignment.LoopsOf(small, small.Slices, cores: 8));
        NetworkPlan large = NetworkCompiler.Compile(
            SmallNetwork.Settings(784, 2048, 10) with { Granularity = new(GranularityKind.Slice, 256) }, 10);
        Assert.Equal(8, LoopAssignment.LoopsOf(large, large.Slices, cores: 8));
        Assert.Equal(2, LoopAssignment.LoopsOf(large, large.Slices, cores: 2));
    }

    [Fact]
    public void Slices_are_spread_by_their_cost_and_one_that_starts_again_stays_with_its_loop()
    {
        NetworkPlan network = NetworkCompiler.Compile(
            SmallNetwork.Settings(784, 2048, 10) with { Granularity = new(GranularityKind.Slice, 256) }, 10);
        var loops = new LoopAssignment(2);
        int[] first = [.. network.Slices.Select(slice => loops.Assign(network, slice))];
        int[] again = [.. network.Slices.Select(slice => loops.Assign(network, slice))];
        Assert.Equal(first, again);
        long[] load = [.. Enumerable.Range(0, 2).Select(loop => network.Slices.Where((_, place) => first[place] == loop).Sum(slice => SliceCost.Of(network, slice)))];
        Assert.InRange((double)load.Max() / load.Sum(), 0.5, 0.6);
    }
}
