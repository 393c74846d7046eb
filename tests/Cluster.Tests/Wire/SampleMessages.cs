using Nudge.Actors;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Wire;

/// <summary>One message of every kind that crosses between machines, with fields that are all different.</summary>
internal static class SampleMessages
{
    private static readonly PhaseTag Tag = new(new(2, 70_001), 35_000, [2, -2]);

    internal static IReadOnlyList<(string Name, object Message)> All { get; } =
    [
        ("activity", Activity(4)),
        ("stimulus", new ControlMessage(3, 9_000, new StimulusSignal(Tag, ActivityFrame.Of([0, 0.5f, 1, 0.25f])))),
        ("nudge", new ControlMessage(4, 9_001, new NudgeSignal(Tag, new float[] { 1, 0 }, new[] { 1, float.PositiveInfinity }))),
        ("phase", new ControlMessage(5, 9_002, new PhaseSignal(Tag))),
        ("answer", new AnswerMessage(7, Tag.Phase, ActivityFrame.Of([0.125f, -1])) { Ended = Tag.Phase }),
        ("rest", new RestReport(7, Tag.Phase, true)),
        ("spread", new PhaseReport(7, new(0.5, double.NaN))),
        ("mark", new PhaseMark(7, Tag.Phase, 12.5, true)),
        ("acknowledgement", new Acknowledgement(4, Tag.Phase)),
        ("ask activity", new AskActivity(2, 4_000_000_000)),
        ("slice time", new SliceTime(7, 12.75, true)),
        ("ask node", new AskNode()),
        ("hello", new NodeHello(2, 4 << 20, true, 300_000_000)),
        ("allot epoch", new AllotEpoch("run", 9_000_000_000, 8_000_000_000)),
        ("epoch allotted", new EpochAllotted("run", 300)),
        ("orders", new HostingOrders("run", 3, 4_000_000_000, "akka://d", [new(0, 1), new(2, 300)])
        {
            Experiment = "name: x",
            Classes = 10,
            Begun = true,
            Frozen = true,
            FreezeRound = 5,
            CountersRound = 6,
            Unreachable = [1, 300],
            HandOver = true,
            Process = -5,
            Token = 9_000_000_000,
        }),
        ("hosting report", new HostingReport("run", 3, 4_000_000_000, "akka://n/k", 7, true,
        [
            new(0, 1, HostedState.Up) { Incarnation = 3, Generation = 70_000, FreezeRound = 5, Faults = 2 },
            new(2, 300, HostedState.Gone) { Reason = "not finite", Fatal = true },
        ])),
        ("orders refused", new OrdersRefused("run", 3, 4, "a later coordinator directs the run")),
        ("slice counted", new SliceCounted("run", 3, 300, 6, true, Counters())),
        ("refused", new HostRefused("no such set")),
        ("cast", new SliceDirectory("run", 3, 7, ["akka://n/k"], [(0, 300), (-1, 0)], "akka://c")),
        ("ask state", new AskStatePart(2, 65_536, 4_096)),
        ("join virtual run", new JoinVirtualRun("name: x", 10, 5, 65_536)),
        ("virtual node up", new VirtualNodeUp()),
        ("virtual part", new VirtualPart(5, 7, 65_536, 65_539, new byte[] { 1, 2, 3 })),
        ("virtual received", new VirtualReceived(5, 7, true)),
        ("make interventions", new MakeInterventions([new(1, "half", "{\"kind\":\"cut-links\",\"links\":\"all\"}"), new(300, "asked-300", "{}")])),
        ("interventions made", new InterventionsMade(7, 300)),
        ("ask view", new AskView()),
        ("slice viewed", new SliceViewed(new(
            7, Tag.Phase, 12.75, 4_000_000_000, [0.5f, -1], [new(Tag.Phase, 2, 11.5, new(1, 2, 3, 4))], new(5, 6, 70_000, 8)))),
        ("state", new StatePart(2, 65_536, 65_539, new byte[] { 1, 2, 3 })),
        ("incarnation", new IncarnationAllotted(300) { Epoch = 3, Token = 9_000_000_000 }),
        ("chunk", new StateChunk(300, 70_000, 2, new byte[] { 1, 2, 3 })),
        ("credit", new Credit(2, 4_000_000_000)),
        ("complete", new StateComplete(300, 70_000, 3, new byte[] { 4, 5, 6, 7 }) { Epoch = 3, Place = "300-2-70000" }),
        ("ask status", new AskStatus()),
        ("status", new NodeStatus(
            "n:1",
            [new("n:1", ["worker"], "Up", true), new("m:2", ["a", "b"], "Joining", false)],
            [new("run", "c:3", [new(2, "hidden", 3, true, 40_000, 5, 6, 7, 8)])])),
        ("ask runner", new AskRunner()),
        ("runner hello", new RunnerHello(2, 4 << 20)),
        ("start run", new StartRun(300, "1.0+a", new("name: x", 5, "ab"))),
        ("run stands", new RunStands(300, 70_000)),
        ("run ended", new RunEnded(300, new([new("accuracy", 0.1), new("energy", double.NegativeInfinity)], 1.5, ulong.MaxValue)
        {
            Warnings = [new("saturation", "populations.hidden", "half of it", 5000), new("data", "", "few", -1)],
        })),
        ("run failed", new RunFailed(300, "not finite")),
        ("run declined", new RunDeclined(300, "no data")),
        ("stop runs", new StopRuns()),
        ("ask data port", new AskDataPort()),
        ("data port", new DataPort(4711, new byte[] { 1, 2, 3 })),
    ];

    /// <summary>An activity message late in a long run: its numbers need their full width.</summary>
    internal static ActivityMessage Activity(int values)
    {
        float[] frame = [.. Enumerable.Range(0, values).Select(i => i / 8f)];
        return new(new(300, 1, 4_000_000_000, Tag, Tag.Phase, new(2, 70_000), ActivityFrame.Of(frame)), 1_000_000.25, true)
        {
            Repeats = 5,
        };
    }

    private static SliceCounters Counters()
    {
        var staleness = new StalenessTally();
        staleness.Add(0.5);
        return new(
            1, 1_000, 2_000, 250.5, new(1, 2, 3, 4), -0.75, staleness,
            [
                new(0, new() { Lost = 5, Cut = 6, Duplicated = 7 }, new(8, 9, 10) { Missing = 12 }, 11)
                {
                    Incarnations = [new(1, 17), new(2, 18)],
                },
            ],
            [new(3, new() { Lost = 13 }, new(14, 0, 0) { Missing = 16 }, 15)])
        {
            Incarnation = 19,
            Ahead = 2.5,
            SendWindows = [new(20, 21, true), new(300, 70_000, false)],
        };
    }
}
