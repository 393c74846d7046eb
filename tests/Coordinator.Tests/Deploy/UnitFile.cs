namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>deploy/nudge-node.service, and the file of variables that it reads.</summary>
internal static class UnitFile
{
    private static readonly ILookup<string, string> Settings = Checkout.Lines("deploy", "nudge-node.service")
        .Where(line => line.Contains('=') && line[0] is not '#')
        .Select(line => line.Split('=', 2))
        .ToLookup(pair => pair[0], pair => pair[1]);

    internal static IReadOnlyDictionary<string, string> Example =>
        Variables(Checkout.Lines("deploy", "node.env.example"));

    internal static string[] All(string key) => [.. Settings[key]];

    internal static string One(string key) => Assert.Single(Settings[key]);

    internal static Start Start()
    {
        string[] words = One("ExecStart").Split(' ');
        Assert.Equal("/opt/nudge/nudge", words[0]);
        return new(words[1..], Variables(All("Environment")).Concat(Example).ToDictionary());
    }

    /// <summary>Lines NAME=VALUE, as systemd reads them: comments left out, quotes taken off.</summary>
    internal static Dictionary<string, string> Variables(IEnumerable<string> lines) => lines
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
}
