using Akka.Actor;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;

namespace Nudge.Runs;

/// <summary>Makes a run on the caller's thread, which may take hours.</summary>
/// <param name="order">Which.</param>
/// <param name="shown">Receives now and then how many stimuli have been shown.</param>
/// <param name="cancellation">Stops the run.</param>
/// <exception cref="RunDeclinedException">This node cannot make it; another one may.</exception>
public delegate Task<RunNumbers> WholeRun(RunOrder order, Action<long> shown, CancellationToken cancellation);

/// <summary>How a node makes whole runs.</summary>
/// <param name="Version">The program, to the build: another one need not give the same bits.</param>
/// <param name="AtATime">Runs at a time.</param>
/// <param name="Source">Called once for each process that asks for runs; what they share goes when it does.</param>
public sealed record RunHosting(string Version, int AtATime, Func<WholeRun> Source)
{
    /// <summary>What runs may ask for at most; each has the part of the memory that is one of <see cref="AtATime"/>.</summary>
    public NodeBudget Budget { get; init; } = new();

    /// <summary>Refuses a run before anything of it is made.</summary>
    /// <param name="network">Its network.</param>
    /// <param name="expectedStimuli">Stimuli that one lane will see.</param>
    /// <exception cref="RunDeclinedException">It needs more than this node allows; another one may allow it.</exception>
    public void ThrowIfTooLarge(NetworkSettings network, long expectedStimuli)
    {
        try
        {
            Budget.ThrowIfTooLarge(network);
            long bytes = NetworkSize.BytesOf(NetworkCompiler.Compile(network, expectedStimuli));
            NodeBudget.ThrowIfMore(
                "max-memory", $"bytes of weights and states for each of {AtATime} runs at a time", bytes, Budget.MemoryBytes / AtATime);
        }
        catch (BudgetException error)
        {
            throw new RunDeclinedException(error.Message, error);
        }
    }

    /// <summary>Has a node make runs for the processes that ask for them, until it leaves.</summary>
    /// <param name="node">The node, before it joins: others ask for the runs of a node as soon as it is up.</param>
    public void StartOn(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.StartService(frameBytes => Props.Create(() => new RunnerActor(this, frameBytes)), RunnerActor.Name);
    }
}

/// <summary>A node cannot make a run that another one may: it lacks the data, or its program is another one.</summary>
public sealed class RunDeclinedException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    public RunDeclinedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public RunDeclinedException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public RunDeclinedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
