using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Simulation.World;

namespace Nudge.Simulation.Pacing;

/// <summary>One simulated run of coordinator and slices: processes, connections, what supervises them, and what must hold.</summary>
internal sealed class PacingWorld
{
    private readonly List<string> _trace = [];

    internal PacingWorld(PacingScenario scenario, PacingBug bug, bool traced)
    {
        Scenario = scenario;
        Bug = bug;
        Traced = traced;
        Draws = new(scenario.Seed, "pacing");
        Network = PacingNetwork.Of(scenario.Seed);
        Interventions = new(Network.Plan);
        MessageTime = Draws.Seconds(0.00005, 0.0006);
        Connections = new(this);
        Checks = new(this);
        Home = AddProcess();
        for (int worker = 0; worker < scenario.Workers; worker++)
            AddProcess();
        Coordinator = new(this, Home);
        Supervision = new(this);
    }

    internal PacingScenario Scenario { get; }

    internal PacingBug Bug { get; }

    internal bool Traced { get; }

    internal Draws Draws { get; }

    internal Timeline Time { get; } = new();

    internal PacingNetwork Network { get; }

    /// <summary>What a loop takes for one piece of work.</summary>
    internal TimeSpan MessageTime { get; }

    internal ProgressPublisher Board { get; } = new();

    internal PendingInterventions Interventions { get; }

    internal List<LoopProcess> Processes { get; } = [];

    /// <summary>The coordinator's process.</summary>
    internal LoopProcess Home { get; }

    internal SimulatedCoordinator Coordinator { get; }

    internal DataConnections Connections { get; }

    internal PacingSupervision Supervision { get; }

    internal PacingChecks Checks { get; }

    /// <summary>Whether the run is over and its actors end.</summary>
    internal bool Over { get; set; }

    internal IReadOnlyList<string> History => _trace;

    internal LoopProcess AddProcess()
    {
        var process = new LoopProcess(this, Processes.Count);
        Processes.Add(process);
        process.Begin();
        return process;
    }

    /// <summary>The timer of a process has come.</summary>
    internal void KeepAlive(LoopProcess process)
    {
        foreach (SimulatedSlice slice in process.Slices)
            slice.Tell(Actors.KeepAlive.Instance);
        if (process == Home)
            Coordinator.Tell(Actors.KeepAlive.Instance);
    }

    internal void Trace(string what)
    {
        if (Traced)
            _trace.Add($"{Time.Now.TotalSeconds,9:0.0000} {what}");
    }
}
