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
        new FreezeContract(),
        new AskActivityContract(),
        new BareContract<AskCounters>("q", () => new()),
        new CountersContract(),
        new BareContract<AskNode>("Na", () => new()),
        new HelloContract(),
        new HostSlicesContract(),
        new UpContract(),
        new GoneContract(),
        new SilentContract(),
        new BareContract<SliceManagerEnds>("Nl", () => new()),
        new BareContract<HandOver>("Nv", () => new()),
        new HandedOverContract(),
        new RefusedContract(),
        new SliceDirectoryContract(),
        new AskStateContract(),
        new StateContract(),
        new FaultContract(),
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
    ];
}
