using System.Collections.Concurrent;
using Akka.Dispatch;
using Nudge.Actors.Loops;

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
        var loop = new Loop("test", sockets: null);
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
        var loop = new Loop("test", sockets: null);
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

    /// <summary>Work within work: what was given before the one that lasts, what it gives itself, and what other threads give.</summary>
    [Fact]
    public async Task Work_that_lasts_serves_what_others_give_meanwhile_each_once_and_in_order()
    {
        const int Pieces = 500;
        var loop = new Loop("test", sockets: null);
        var ran = new ConcurrentQueue<int>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Execute(new ActionRunnable(() =>
        {
            for (int i = 0; i < Pieces; i++)
            {
                int number = i;
                loop.Execute(new ActionRunnable(() => ran.Enqueue(number)));
            }

            begun.SetResult();
            while (ran.Count < 2 * Pieces)
                loop.Serve(mayWait: true);
            done.SetResult();
        }));
        await begun.Task.WaitAsync(Within);
        for (int i = 0; i < Pieces; i++)
        {
            int number = Pieces + i;
            loop.Execute(new ActionRunnable(() => ran.Enqueue(number)));
            await Task.Yield();
        }

        await done.Task.WaitAsync(Within);
        loop.End();
        Assert.Equal(Enumerable.Range(0, Pieces), ran.Where(number => number < Pieces));
        Assert.Equal(Enumerable.Range(Pieces, Pieces), ran.Where(number => number >= Pieces));
        Assert.Equal(2 * Pieces, ran.Count);
    }

    [Fact]
    public async Task A_loop_that_slept_wakes_for_each_piece_of_work()
    {
        var loop = new Loop("test", sockets: null);
        for (int i = 0; i < 200; i++)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Execute(new ActionRunnable(heard.SetResult));
            await heard.Task.WaitAsync(Within);
            await Task.Yield();
        }

        loop.End();
    }
}
