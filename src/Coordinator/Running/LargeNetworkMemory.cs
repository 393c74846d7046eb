using System.Diagnostics;

namespace Nudge.Running;

/// <summary>
/// Settings of the runtime under which a node of this machine takes little memory beside its weights. Several nodes share
/// the machine, and what each of them leaves lying about counts as many times.
/// </summary>
internal static class LargeNetworkMemory
{
    /// <summary>From so many weights on, memory matters more than a few messages a second.</summary>
    internal const long LargeNetwork = 10_000_000;

    private static readonly (string Name, string Value)[] Always =
    [
        // In hexadecimal: 4 MB of short-lived objects between collections, in place of up to 200.
        ("DOTNET_GCgen0MaxBudget", "400000"),
        ("DOTNET_GCConserveMemory", "7"),
        // Buffers of the network come in blocks of 1 MB in place of 16.
        ("io.netty.allocator.maxOrder", "7"),
        // Each thread that calls the store would keep a heap of its own.
        ("MALLOC_ARENA_MAX", "2"),
    ];

    private static readonly (string Name, string Value)[] ForLargeNetworks =
    [
        ("DOTNET_GCgen0MaxBudget", "200000"),
        ("DOTNET_GCConserveMemory", "9"),
        // In hexadecimal: 1 MB in place of 4, of which some are never full.
        ("DOTNET_GCRegionSize", "100000"),
        // No second copy of compiled code that counts calls, and no second mapping of each page of code.
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_EnableWriteXorExecute", "0"),
        // What the runtime's own code and SQLite give back goes back to the system at once.
        ("MALLOC_TRIM_THRESHOLD_", "65536"),
        ("MALLOC_TOP_PAD_", "32768"),
        ("MALLOC_MMAP_THRESHOLD_", "65536"),
    ];

    /// <summary>Sets what has not been set otherwise.</summary>
    /// <param name="start">How the node will be started.</param>
    /// <param name="synapses">Weights of the network that the nodes will share.</param>
    internal static void Apply(ProcessStartInfo start, long synapses)
    {
        // The first to set a name wins, and the process that started this one came before all.
        foreach ((string name, string value) in synapses >= LargeNetwork ? [.. ForLargeNetworks, .. Always] : Always)
            start.Environment.TryAdd(name, value);
    }
}
