using Akka.Actor;
using Akka.Cluster;
using Nudge.Hosting;
using Nudge.Messages;

namespace Nudge.Runs;

/// <content>What becomes of runs when nodes come and go.</content>
internal sealed partial class JobSchedulerActor
{
    private const int WarnAfter = 3;

    private void OnNodes(object message)
    {
        switch (message)
        {
            case WorkerCame came when _table.NodeOf(came.Node) is null:
                var fresh = new AssignedNode(came.Node, Workers.Name(came.Node.Address));
                _table.Add(fresh);
                Ask(fresh);
                break;
            case RunnerFound found when _table.NodeOf(found.Node) is { } node:
                Connect(node, found.Runner);
                break;
            case RunnerHello hello when _table.NodeOf(Sender) is { } node:
                Welcome(node, hello);
                break;
            case WorkerReported report when _table.NodeOf(report.Node) is { } node:
                node.Silent = !report.Received;
                AssignRuns();
                break;
            case WorkerLeaves leaves when _table.NodeOf(leaves.Node) is { } node:
                node.Leaving = true;
                EndIfNoNodeCan();
                break;
            case WorkerGone gone when _table.NodeOf(gone.Node) is { } node:
                Lose(node);
                break;
            case Terminated ended when _table.NodeOf(ended.ActorRef) is { } node:
                Lose(node);
                break;
            case WorkerCame or RunnerFound or RunnerHello or WorkerReported or WorkerLeaves or WorkerGone or Terminated:
                // News of a node that is known to be gone.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Ask(AssignedNode node)
    {
        if (++node.AskedInVain == WarnAfter + 1)
            Report(new NodeWord(
                $"node {node.Name} does not report how many runs it makes: is its program an older one?"));
        if (node.Runner.IsNobody())
            FindAsync(node.Address, part.Find).PipeTo(Self);
        else
            node.Runner.Tell(new AskRunner());
    }

    private static async Task<RunnerFound> FindAsync(UniqueAddress node, Func<UniqueAddress, Task<IActorRef>> find)
    {
        try
        {
            return new(node, await find(node));
        }
        catch (ActorNotFoundException)
        {
            // It is asked again.
            return new(node, ActorRefs.Nobody);
        }
    }

    private static void Connect(AssignedNode node, IActorRef runner)
    {
        if (runner.IsNobody() || !node.Runner.IsNobody())
            return;
        node.Runner = runner;
        Context.Watch(runner);
        runner.Tell(new AskRunner());
    }

    private void Welcome(AssignedNode node, RunnerHello hello)
    {
        if (node.Slots > 0)
            return;
        node.Slots = Math.Max(1, Math.Min(hello.AtATime, part.AtATime));
        if (part.Longest > hello.FrameBytes)
        {
            GiveUp(node, $"a run needs {part.Longest} bytes and it takes {hello.FrameBytes}; give it a larger --frame");
            return;
        }

        Report(new NodeWord($"node {node.Name} makes {Count(node.Slots)} at a time"));
        AssignRuns();
    }

    private void GiveUp(AssignedNode node, string reason)
    {
        if (node.GivenUp is null)
        {
            node.GivenUp = $"node {node.Name}: {reason}";
            Report(new NodeWord($"warning: node {node.Name} gets no more runs: {reason}"));
        }

        AssignRuns();
    }

    private void Lose(AssignedNode node)
    {
        IReadOnlyList<int> hopeless = _table.Lose(node);
        int others = node.Jobs.Count - hopeless.Count;
        string rest = others == 0 ? "" : $"; others make the {Count(others)} that it had";
        Report(new NodeWord($"node {node.Name} is gone{rest}"));
        foreach (int job in node.Jobs.Keys.Except(hopeless))
            Report(new RunAdvanced(job, 0));
        foreach (int job in hopeless)
            Report(new RunOver(job, null, $"{RunTable.LossesAtMost} nodes were lost while they made it"));
        EndIfAllOver();
        AssignRuns();
    }

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";
}
