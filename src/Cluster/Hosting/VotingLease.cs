using Akka.Actor;
using Akka.Cluster;
using Akka.Coordination;

namespace Nudge.Hosting;

/// <summary>
/// How <see cref="MajorityVote"/> decides for Akka's resolver of split brains, which knows strategies of its own only but
/// asks a lease for one of them: the part that goes on is given the lease, and no other.
/// </summary>
/// <param name="settings">Akka's settings.</param>
/// <param name="system">The actor system of the member that asks.</param>
internal sealed class VotingLease(LeaseSettings settings, ExtendedActorSystem system) : Lease(settings)
{
    /// <summary>The settings by which a system has it.</summary>
    internal const string SettingsPath = "nudge-majority";

    /// <inheritdoc/>
    public override Task<bool> Acquire()
    {
        ClusterEvent.CurrentClusterState state = Cluster.Get(system).State;
        return Task.FromResult(MajorityVote.GoesOn([.. state.Members.Select(member => VoterOf(member, state))]));
    }

    /// <inheritdoc/>
    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => Acquire();

    /// <inheritdoc/>
    public override Task<bool> Release() => Task.FromResult(true);

    /// <summary>Never: each decision is a vote of its own.</summary>
    public override bool CheckLease() => false;

    private static Voter VoterOf(Member member, ClusterEvent.CurrentClusterState state) => new(
        member.Address.ToString(),
        member.HasRole(NodeSettings.Worker),
        // Who has seen what is known here is connected by way of others.
        !state.Unreachable.Contains(member) || state.SeenBy.Contains(member.Address),
        member.Status switch
        {
            MemberStatus.Joining or MemberStatus.WeaklyUp => Standing.Coming,
            MemberStatus.Up => Standing.Up,
            MemberStatus.Leaving => Standing.Leaving,
            _ => Standing.Gone,
        });
}
