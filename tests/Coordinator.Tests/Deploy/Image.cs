using System.Text.Json;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>deploy/Dockerfile, an instruction a line, continued lines joined.</summary>
internal static class Image
{
    private static readonly (string Word, string Operands)[] Instructions =
    [
        .. string.Join('\n', Checkout.Lines("deploy", "Dockerfile").Where(line => !line.StartsWith('#')))
            .Replace("\\\n", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line.Split(' ')[0], line[(line.IndexOf(' ') + 1)..])),
    ];

    internal static string[] All(string word) =>
        [.. Instructions.Where(instruction => instruction.Word == word).Select(instruction => instruction.Operands)];

    internal static string Last(string word) => All(word)[^1];

    internal static IReadOnlyDictionary<string, string> Environment => UnitFile.Variables(
        All("ENV").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    internal static Start Start() => new(JsonSerializer.Deserialize<string[]>(Last("CMD"))!, Environment);
}
