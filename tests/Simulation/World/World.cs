using Nudge.Simulation.Checks;
using Nudge.Simulation.Faults;

namespace Nudge.Simulation.World;

/// <summary>One simulated run: processes, what connects them, what goes wrong, and what must hold all the same.</summary>
internal sealed class World
{
    internal const string RunName = "run";
    private const int FirstStatesInOneOf = 4;
    private readonly Dictionary<string, Process> _processes = [];
    private readonly List<string> _trace = [];
    private int _processesMade;

    internal World(int seed, int slices, PlantedBug bug, bool traced)
    {
        Slices = slices;
        AsksForFirstStates = seed % FirstStatesInOneOf == 0;
        HasFiles = seed / FirstStatesInOneOf % 2 == 1;
        Bug = bug;
        Traced = traced;
        Draws = new(seed, "processes");
        Time = new();
        Network = new(Time, new(seed, "network"), At);
        Store = new(Time, new(seed, "store"));
        Membership = new(this, new(seed, "membership"));
        Checks = new(this);
    }

    internal int Slices { get; }

    /// <summary>Whether slices that were never saved begin with states of the coordinator: in one of four runs.</summary>
    internal bool AsksForFirstStates { get; }

    /// <summary>Whether parts of snapshots are files, and no rows of journals.</summary>
    internal bool HasFiles { get; }

    internal PlantedBug Bug { get; }

    internal bool Traced { get; }

    internal Draws Draws { get; }

    internal Timeline Time { get; }

    internal SimulatedNetwork Network { get; }

    internal SimulatedStore Store { get; }

    internal SimulatedMembership Membership { get; }

    internal RunChecks Checks { get; }

    /// <summary>The slice whose state ends every process that reads it, or a negative number.</summary>
    internal int PoisonSlice { get; set; } = -1;

    internal int PoisonKills { get; set; }

    /// <summary>The slice whose state cannot be read, or a negative number.</summary>
    internal int BrokenSlice { get; set; } = -1;

    internal IReadOnlyList<string> History => _trace;

    internal IEnumerable<Process> Processes => _processes.Values;

    internal Process? At(string address) => _processes.GetValueOrDefault(address);

    internal int NextProcess() => ++_processesMade;

    internal void Add(Process process) => _processes[process.Address] = process;

    internal void Trace(string what)
    {
        if (Traced)
            _trace.Add($"{Time.Now.TotalSeconds,9:0.000} {what}");
    }
}
