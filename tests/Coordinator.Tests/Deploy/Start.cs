using Nudge.Hosting;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>One start of the program, as a manifest asks for it.</summary>
internal sealed record Start(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    private const string NodePrefix = "NUDGE_NODE_";

    /// <summary>The first word: which of the program's commands it is.</summary>
    internal string Command => Arguments[0];

    internal IEnumerable<string> OwnVariables =>
        Environment.Keys.Where(name => name.StartsWith("NUDGE_", StringComparison.Ordinal));

    internal string this[string variable] => Environment[variable];

    internal HostPort[] Seeds => [.. this["NUDGE_NODE_SEED"].Split(',').Select(Place)];

    /// <summary>The same start in arguments alone: NUDGE_NODE_PORT is --port.</summary>
    internal string[] AsArguments() =>
    [
        .. Arguments,
        .. Environment.Where(pair => pair.Key.StartsWith(NodePrefix, StringComparison.Ordinal)).SelectMany(Option),
    ];

    internal static HostPort Place(string text) => HostPort.TryParse(text, out HostPort? place)
        ? place!
        : throw new FormatException($"{text}: expected HOST:PORT");

    private static IEnumerable<string> Option(KeyValuePair<string, string> variable)
    {
        string name = $"--{variable.Key[NodePrefix.Length..].ToLowerInvariant().Replace('_', '-')}";
        return variable.Value.Split(name == "--seed" ? ',' : '\0').SelectMany(value => new[] { name, value });
    }
}
