using Akka.Actor;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <content>Tells whoever asks what is hosted here.</content>
internal sealed partial class NodeActor
{
    private static readonly TimeSpan KeeperPatience = TimeSpan.FromSeconds(2);

    private void TellStatus()
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        var alone = new NodeStatus(Workers.Name(membership.SelfAddress), Workers.MembersOf(membership.State), []);
        Task<RunStatus?>[] runs = [.. _hosted.Values.Select(run => StatusAsync(run.Keeper))];
        CompleteAsync(alone, runs).PipeTo(Sender, Self);
    }

    private static async Task<NodeStatus> CompleteAsync(NodeStatus alone, Task<RunStatus?>[] runs) =>
        alone with { Runs = [.. (await Task.WhenAll(runs)).OfType<RunStatus>()] };

    private static async Task<RunStatus?> StatusAsync(IActorRef keeper)
    {
        try
        {
            return await keeper.Ask<RunStatus>(new AskRunStatus(), KeeperPatience);
        }
        catch (AskTimeoutException)
        {
            // Its run has ended meanwhile.
            return null;
        }
    }
}
