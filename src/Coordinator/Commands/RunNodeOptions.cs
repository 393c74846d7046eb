using System.CommandLine;
using Nudge.Hosting;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary>The options of <c>nudge run</c> that choose nodes.</summary>
internal sealed class RunNodeOptions
{
    private readonly NodeOptions _shared = new();

    private Option<int> LocalNodes { get; } = new("--local-nodes")
    {
        Description = "With --engine cluster: start so many node processes on this machine, and end them with the run.",
    };

    private Option<HostPort[]> Join { get; } = NodeOptions.Places(
        "--join", "With --engine cluster: a node of a cluster that is there, HOST:PORT; may be repeated.");

    private Option<int> WaitFor { get; } = new("--nodes")
    {
        Description = "With --join: how many nodes must be up before the run starts.",
        DefaultValueFactory = _ => 1,
    };

    private Option<string> Placement { get; } = new("--placement")
    {
        Description = "With --engine cluster: spread, cost, neighbourhood, or by hand as population=node,population=node.",
        DefaultValueFactory = _ => "spread",
    };

    internal void AddTo(Command command, Option<string?> engine)
    {
        foreach (Option option in new Option[]
        {
            LocalNodes, Join, WaitFor, Placement, _shared.Host, _shared.Frame, _shared.Values, _shared.Store, _shared.SaveEvery,
        })
            command.Add(option);
        command.Validators.Add(result =>
        {
            bool asked = result.GetValue(LocalNodes) > 0;
            bool joins = result.GetResult(Join) is { Errors: var errors } && !errors.Any();
            bool cluster = result.GetValue(engine) == EngineFactory.Cluster;
            if (cluster && asked == joins)
                result.AddError("--engine cluster: expected --local-nodes N, or --join HOST:PORT of a cluster that is there");
            if (!cluster && (asked || joins))
                result.AddError("--local-nodes and --join belong to --engine cluster");
        });
    }

    internal NodeChoice Choice(ParseResult parsed) => new()
    {
        LocalNodes = parsed.GetValue(LocalNodes),
        Join = parsed.GetValue(Join) ?? [],
        WaitFor = parsed.GetRequiredValue(WaitFor),
        Placement = parsed.GetRequiredValue(Placement),
        Node = _shared.Settings(parsed),
    };
}
