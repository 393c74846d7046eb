using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Nudge.Messages;
using Nudge.Runs;

namespace Nudge.Cluster.Tests.Runs;

/// <summary>A scheduler with probes in the place of the nodes that make runs.</summary>
public abstract class JobSchedulerKit : TestKit
{
    protected static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private readonly Channel<RunWord> _news = Channel.CreateUnbounded<RunWord>();
    private readonly Dictionary<UniqueAddress, IActorRef> _runners = [];

    protected IActorRef Deal(int runs, int atATime = int.MaxValue, TimeSpan? lookEvery = null, TimeSpan? nodeWithin = null)
    {
        var part = new JobSchedulerPart
        {
            Runs = runs,
            Order = job => new($"run {job}"),
            Version = "v",
            Longest = 1000,
            AtATime = atATime,
            Words = _news.Writer,
            Find = node => Task.FromResult(_runners[node]),
            LookEvery = lookEvery ?? AnswerTimeout,
            NodeWithin = nodeWithin ?? AnswerTimeout,
        };
        return Sys.ActorOf(Props.Create(() => new JobSchedulerActor(part)));
    }

    protected (UniqueAddress Address, TestProbe Node) Join(IActorRef scheduler, string host, int atATime, int frame = 1000)
    {
        TestProbe node = CreateTestProbe();
        var address = new UniqueAddress(new("akka.tcp", "nudge", host, 1), 1);
        _runners[address] = node;
        scheduler.Tell(new WorkerCame(address));
        node.ExpectMsg<AskRunner>();
        scheduler.Tell(new RunnerHello(atATime, frame), node);
        return (address, node);
    }

    protected static void AssertStarts(TestProbe node, params int[] jobs)
    {
        foreach (int job in jobs)
            Assert.Equal(new StartRun(job, "v", new($"run {job}")), node.ExpectMsg<StartRun>());
    }

    protected static void Drain(TestProbe node)
    {
        while (node.HasMessages)
            node.ReceiveOne(TimeSpan.Zero);
    }

    protected async Task<T> NewsAsync<T>()
        where T : RunWord
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        while (true)
        {
            if (await _news.Reader.ReadAsync(limit.Token) is T news)
                return news;
        }
    }

    protected async Task<string> WordAsync(string beginning)
    {
        while (true)
        {
            string sentence = (await NewsAsync<NodeWord>()).Sentence;
            if (sentence.StartsWith(beginning, StringComparison.Ordinal))
                return sentence;
        }
    }

    /// <summary>Nothing but reports about nodes comes until the news end.</summary>
    protected async Task AssertNoMoreNewsAsync()
    {
        using var limit = new CancellationTokenSource(AnswerTimeout);
        await foreach (RunWord news in _news.Reader.ReadAllAsync(limit.Token))
            Assert.False(news is RunOver, $"{news}");
    }
}
