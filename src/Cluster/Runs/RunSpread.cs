using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Wire;

namespace Nudge.Runs;

/// <summary>Has the nodes of a cluster make whole runs, side by side.</summary>
public static class RunSpread
{
    private const int Header = 256;
    private static readonly TimeSpan FindWithin = TimeSpan.FromSeconds(4);

    /// <summary>Joins the cluster and assigns all runs. When cancelled, it ends after what is over by then.</summary>
    /// <param name="options">The runs.</param>
    /// <param name="cancellation">Stops the runs that are under way.</param>
    /// <returns>News, as it comes; each run is over once.</returns>
    /// <exception cref="FrameTooSmallException">A run is too long for a message.</exception>
    /// <exception cref="NodeException">There is no cluster, or no node that can make the runs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before any node was there.</exception>
    public static async IAsyncEnumerable<RunWord> RunAsync(
        SpreadOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Runs == 0)
            yield break;
        long longest = Longest(options);
        if (longest > options.Node.FrameBytes)
        {
            throw new FrameTooSmallException($"a run needs a message of {longest} bytes and this process takes "
                + $"{options.Node.FrameBytes}: use a larger --frame, here and for the nodes");
        }

        await using Node node = Node.Start(options.Node, source: null);
        // They end first: they leave in order while there is a member to notify.
        await using var local = new LocalNodes();
        await node.JoinAsync(cancellation);
        for (int i = 0; options.LocalNode is not null && i < options.Nodes; i++)
            local.Start(options.LocalNode(node.Place));
        await Workers.UpAsync(node, options.Nodes, local).WaitAsync(cancellation);
        var news = Channel.CreateUnbounded<RunWord>(new() { SingleReader = true });
        IActorRef scheduler = StartScheduler(node.System, options, longest, news.Writer);
        await using CancellationTokenRegistration stop = cancellation.Register(() => scheduler.Tell(new StopDealing()));
        await foreach (RunWord one in news.Reader.ReadAllAsync(CancellationToken.None))
            yield return one;
    }

    private static IActorRef StartScheduler(
        ActorSystem system, SpreadOptions options, long longest, ChannelWriter<RunWord> news)
    {
        var part = new JobSchedulerPart
        {
            Runs = options.Runs,
            Order = options.Order,
            Version = options.Version,
            Longest = longest,
            AtATime = options.AtATime,
            Words = news,
            Find = node => Runner(system, node).ResolveOne(FindWithin),
            Watch = Props.Create(() => new WorkerWatch()),
        };
        return system.ActorOf(Props.Create(() => new JobSchedulerActor(part)), "scheduler");
    }

    private static ActorSelection Runner(ActorSystem system, UniqueAddress node) =>
        system.ActorSelection(new RootActorPath(node.Address) / "user" / RunnerActor.Name);

    private static long Longest(SpreadOptions options) => FrameSize.Envelope + Header
        + Encoding.UTF8.GetByteCount(options.Version)
        + Enumerable.Range(0, options.Runs).Max(job => (long)Encoding.UTF8.GetByteCount(options.Order(job).Experiment));
}

/// <summary>Runs to be made, and on which nodes.</summary>
public sealed record SpreadOptions
{
    /// <summary>How this process takes part; seeds are the nodes of a cluster that is there.</summary>
    public required NodeSettings Node { get; init; }

    /// <summary>How many nodes to wait for; with local nodes, their number.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Starts a node on this machine that joins this process, or null to use those that are there.</summary>
    public Func<HostPort, ProcessStartInfo>? LocalNode { get; init; }

    /// <summary>How many runs there are.</summary>
    public required int Runs { get; init; }

    /// <summary>Gives a run by its number; may be called more than once.</summary>
    public required Func<int, RunOrder> Order { get; init; }

    /// <summary>This program, to the build; nodes with another one decline.</summary>
    public required string Version { get; init; }

    /// <summary>Runs that each node may get at a time, however many it makes.</summary>
    public int AtATime { get; init; } = int.MaxValue;
}

/// <summary>News of runs that nodes make.</summary>
public abstract record RunWord;

/// <summary>A run has got further, or has begun again elsewhere.</summary>
/// <param name="Job">Its number in the list of runs.</param>
/// <param name="Shown">Stimuli that it has shown.</param>
public sealed record RunAdvanced(int Job, long Shown) : RunWord;

/// <summary>A run is over; reported once for each.</summary>
/// <param name="Job">Its number in the list of runs.</param>
/// <param name="Numbers">What it gave, or null.</param>
/// <param name="Failure">Why it failed, or null.</param>
public sealed record RunOver(int Job, RunNumbers? Numbers, string? Failure) : RunWord;

/// <summary>A node came, was lost, or is of no use.</summary>
/// <param name="Sentence">For people.</param>
public sealed record NodeWord(string Sentence) : RunWord;
