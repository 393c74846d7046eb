using Nudge.Actors;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>All that may cross from machine to machine or into a store, apart from Akka's own messages.</summary>
internal static class Contracts
{
    internal static IReadOnlyList<Contract> All { get; } =
    [
        new ActivityContract(),
        new ControlContract(),
        new AnswerContract(),
        new RestContract(),
        new SecondMomentsContract(),
        new MarkContract(),
        new AcknowledgementContract(),
        new AskActivityContract(),
        new BareContract<AskNode>("Na", () => new()),
        new HelloContract(),
        new RefusedContract(),
        new AllotEpochContract(),
        new EpochAllottedContract(),
        new HostingOrdersContract(),
        new HostingReportContract(),
        new OrdersRefusedContract(),
        new SliceDirectoryContract(),
        new SliceCountedContract(),
        new AskStateContract(),
        new StateContract(),
        new IncarnationContract(),
        new ChunkContract(),
        new CompleteContract(),
        new CreditContract(),
        new SliceTimeContract(),
        new BareContract<AskStatus>("Ny", () => new()),
        new StatusContract(),
        new BareContract<AskRunner>("Wa", () => new()),
        new RunnerHelloContract(),
        new StartRunContract(),
        new RunStandsContract(),
        new RunEndedContract(),
        new RunFailedContract(),
        new RunDeclinedContract(),
        new BareContract<StopRuns>("Ws", () => new()),
        new BareContract<AskDataPort>("Da", () => new()),
        new DataPortContract(),
        new JoinVirtualRunContract(),
        new BareContract<VirtualNodeUp>("Vu", () => new()),
        new VirtualPartContract(),
        new VirtualReceivedContract(),
        new MakeInterventionsContract(),
        new InterventionsMadeContract(),
        new BareContract<AskView>("Iv", () => new()),
        new SliceViewedContract(),
    ];

    /// <summary>Whether a message is one that only coordinators send to nodes.</summary>
    internal static bool IsOrder(Type type) => type == typeof(HostingOrders) || type == typeof(SliceDirectory)
        || type == typeof(AllotEpoch) || type == typeof(JoinVirtualRun) || type == typeof(StartRun) || type == typeof(StopRuns);
}
