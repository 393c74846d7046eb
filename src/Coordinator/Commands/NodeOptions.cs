using System.CommandLine;
using System.CommandLine.Parsing;
using Nudge.Hosting;
using Nudge.Running;
using Nudge.Store;

namespace Nudge.Commands;

/// <summary>Options that a node and a run on nodes have in common.</summary>
internal sealed class NodeOptions
{
    private const int LeastFrame = 32_000;
    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 86_400;

    internal NodeOptions()
    {
        Frame.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < LeastFrame)
                result.AddError($"--frame: expected {LeastFrame} bytes or more");
        });
        SaveEvery.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= LeastSeconds and <= MostSeconds))
                result.AddError($"--save-every: expected {LeastSeconds} to {MostSeconds} seconds");
        });
        Values.AcceptOnlyFromAmong([.. ValueWords.All.Keys]);
    }

    internal Option<string> Host { get; } = new("--host")
    {
        Description = "The address to bind to, and by which other nodes find this one. Default: this machine only.",
        DefaultValueFactory = _ => new NodeSettings().Host,
    };

    internal Option<int> Frame { get; } = new("--frame")
    {
        Description = "Bytes that one message between nodes may have; a run that needs more is refused before it starts.",
        DefaultValueFactory = _ => NodeSettings.DefaultFrameBytes,
    };

    internal Option<string> Values { get; } = new("--values")
    {
        Description = "How activity is written between nodes: float32, bfloat16 or float16.",
        DefaultValueFactory = _ => "float32",
    };

    internal Option<StoreSettings?> Store { get; } = new("--store")
    {
        Description = "Where slices save themselves, so that they go on elsewhere when a node is lost: "
            + "sqlite:PATH on one machine, postgres:CONNECTION for many.",
        CustomParser = result => StoreSettings.TryParse(result.Tokens[0].Value, out StoreSettings? store, out string? error)
            ? store
            : Refuse(result, error),
    };

    internal Option<double> SaveEvery { get; } = new("--save-every")
    {
        Description = "With a store: seconds after which each slice saves itself again, by the node's own clock.",
        DefaultValueFactory = _ => new NodeSettings().SaveEvery.TotalSeconds,
    };

    /// <summary>An option for places <c>HOST:PORT</c>, which may be repeated.</summary>
    internal static Option<HostPort[]> Places(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(token => Place(result, token.Value))],
    };

    internal NodeSettings Settings(ParseResult parsed) => new()
    {
        Host = parsed.GetRequiredValue(Host),
        FrameBytes = parsed.GetRequiredValue(Frame),
        Values = ValueWords.All[parsed.GetRequiredValue(Values)],
        Store = parsed.GetValue(Store),
        SaveEvery = TimeSpan.FromSeconds(parsed.GetRequiredValue(SaveEvery)),
    };

    private static StoreSettings? Refuse(ArgumentResult result, string error)
    {
        result.AddError($"--store: {error}");
        return null;
    }

    private static HostPort Place(ArgumentResult result, string text)
    {
        if (HostPort.TryParse(text, out HostPort? place))
            return place!;
        result.AddError($"{text}: expected HOST:PORT");
        return new("", 0);
    }
}
