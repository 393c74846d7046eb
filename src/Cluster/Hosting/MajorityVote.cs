using System.Collections.Immutable;

namespace Nudge.Hosting;

/// <summary>
/// Which part of a cluster that fell apart goes on: the one with the majority of votes. Each worker has one, and all
/// coordinators together have one: so neither users who leave nor one of two workers that fails end a cluster. Of parts with
/// as many votes the one with more workers goes on, and of those with as many workers the one with the lowest address.
/// </summary>
/// <remarks>
/// Members that come or go may count differently in the other part, which may have seen them up or gone. A part goes on only
/// if that makes no difference, so that of two parts never both do.
/// </remarks>
internal static class MajorityVote
{
    /// <summary>Whether the part that asks is the one that goes on.</summary>
    /// <param name="voters">All members as the part that asks knows them.</param>
    internal static bool GoesOn(IReadOnlyCollection<Voter> voters) =>
        GoesOn([.. voters.Where(voter => voter.Standing is Standing.Up or Standing.Leaving)])
        && GoesOn([.. voters.Where(voter => voter.IsReachable
            ? voter.Standing is Standing.Up
            : voter.Standing is not Standing.Gone)]);

    private static bool GoesOn(ImmutableArray<Voter> counted)
    {
        int coordinators = counted.Count(voter => !voter.IsWorker);
        // In units of a coordinator's share, which is a whole number of them for a worker.
        int worker = Math.Max(coordinators, 1);
        int here = Votes(counted.Where(voter => voter.IsReachable), worker);
        int there = Votes(counted.Where(voter => !voter.IsReachable), worker);
        if (here != there)
            return here > there;
        int workersHere = counted.Count(voter => voter is { IsReachable: true, IsWorker: true });
        int workersThere = counted.Count(voter => voter is { IsReachable: false, IsWorker: true });
        if (workersHere != workersThere)
            return workersHere > workersThere;
        return counted.MinBy(voter => voter.Address, StringComparer.Ordinal)?.IsReachable == true;
    }

    private static int Votes(IEnumerable<Voter> voters, int worker) => voters.Sum(voter => voter.IsWorker ? worker : 1);
}

/// <summary>A member that has a vote, or a share in one.</summary>
/// <param name="Address">Its address.</param>
/// <param name="IsWorker">Whether it hosts slices; otherwise it coordinates a run.</param>
/// <param name="IsReachable">Whether it belongs to the part that asks.</param>
/// <param name="Standing">How far it belongs to the cluster.</param>
internal sealed record Voter(string Address, bool IsWorker, bool IsReachable, Standing Standing);

/// <summary>How far a member belongs to the cluster.</summary>
internal enum Standing
{
    /// <summary>It is coming; the other part may have seen it up.</summary>
    Coming,

    /// <summary>It is up.</summary>
    Up,

    /// <summary>It is leaving; the other part may have seen it gone.</summary>
    Leaving,

    /// <summary>It was removed, or has left.</summary>
    Gone,
}
