using Akka.Configuration;

namespace Nudge.Actors.Loops;

/// <summary>The dispatchers of a process, each a loop with a thread of its own that starts with its first actor.</summary>
internal static class LoopDispatchers
{
    /// <summary>Loops that a process may have: one a core.</summary>
    internal static int Most => Environment.ProcessorCount;

    /// <summary>All of them, in Akka's own notation.</summary>
    internal static Config Configuration => ConfigurationFactory.ParseString(string.Concat(Enumerable.Range(0, Most).Select(Section)));

    /// <summary>The name of the dispatcher of a loop, from 0 on; the coordinator's is 0.</summary>
    internal static string NameOf(int loop) => $"nudge-loop-{loop}";

    // Few messages a turn: an actor's turn ends before its neighbours have waited for long.
    private static string Section(int loop) => $$"""
        {{NameOf(loop)}} {
            type = Dispatcher
            executor = "{{typeof(LoopExecutorConfigurator).AssemblyQualifiedName}}"
            throughput = 32
        }

        """;
}
