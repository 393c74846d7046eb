using System.Text.RegularExpressions;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>deploy/compose.yaml.</summary>
internal static partial class Compose
{
    internal static Tree File { get; } = Tree.Load(Checkout.Deploy("compose.yaml"));

    internal static Tree Coordinator => File["services"]["coordinator"];

    internal static IReadOnlyDictionary<string, Tree> Workers => File["services"].Map
        .Where(service => service.Key.StartsWith("worker-", StringComparison.Ordinal))
        .ToDictionary(service => service.Key, service => service.Value);

    /// <summary>Variables that the user must set: names in ${…}.</summary>
    internal static IEnumerable<Match> Substitutions =>
        Variable().Matches(System.IO.File.ReadAllText(Checkout.Deploy("compose.yaml")));

    internal static Start StartOf(Tree service) => new(
        [.. service["command"].Texts.Select(Substituted)],
        service["environment"].TextMap.ToDictionary(pair => pair.Key, pair => Substituted(pair.Value)));

    private static string Substituted(string text) =>
        Variable().Replace(text, match => match.Groups["otherwise"].Success ? match.Groups["otherwise"].Value : "secret");

    [GeneratedRegex(@"\$\{(?<name>\w+)(:-(?<otherwise>[^}]*)|(?<required>:\?)[^}]*)?\}")]
    private static partial Regex Variable();
}
