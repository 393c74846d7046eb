using Nudge.Actors;
using Nudge.Hosting;

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
        new SpreadContract(),
        new MarkContract(),
        new AcknowledgementContract(),
        new FreezeContract(),
        new BareContract<Pace>("p", () => Pace.Instance),
        new BareContract<AskBooks>("q", () => new()),
        new BooksContract(),
        new BareContract<AskNode>("Na", () => new()),
        new HelloContract(),
        new HostSlicesContract(),
        new HostedContract(),
        new RefusedContract(),
        new CastContract(),
        new BareContract<CastKnown>("Nd", () => new()),
        new AskStateContract(),
        new StateContract(),
        new FaultContract(),
        new IncarnationContract(),
        new ChunkContract(),
        new CompleteContract(),
    ];
}
