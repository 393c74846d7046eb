using Akka.Configuration;

namespace Nudge.Actors.Loops;

/// <summary>The dispatcher of slices and coordinator: a loop, whose thread starts with its first actor.</summary>
internal static class LoopDispatcher
{
    internal const string Name = "nudge-loop";

    /// <summary>It, in Akka's own notation.</summary>
    // Few messages a turn: an actor's turn ends before its neighbours have waited for long.
    internal static Config Configuration => ConfigurationFactory.ParseString($$"""
        {{Name}} {
            type = Dispatcher
            executor = "{{typeof(LoopExecutorConfigurator).AssemblyQualifiedName}}"
            throughput = 32
        }
        """);
}
