using System.CommandLine;
using Nudge.Commands;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>The commands in the documents on clusters and on analysis are ones that the program has.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("docs/cluster.md", 9)]
    [InlineData("deploy/README.md", 2)]
    [InlineData("docs/analysis.md", 1)]
    public void The_program_takes_every_command_that_a_document_shows(string document, int least)
    {
        string[] commands = Commands(Checkout.Lines(document.Split('/')));
        Assert.True(commands.Length >= least, $"{commands.Length} commands");
        string[] refused = [.. commands.SelectMany(Refusals)];
        Assert.True(refused.Length == 0, string.Join('\n', refused));
    }

    // Lines `nudge …` of shell blocks; a line may go on after a backslash and end with a comment.
    private static string[] Commands(IEnumerable<string> lines) =>
    [
        .. string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(" # ")[0].Trim())
            .Where(line => line.StartsWith("nudge ", StringComparison.Ordinal)),
    ];

    private static IEnumerable<string> Refusals(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ParseResult parsed = CommandLine.Create().Parse(words[1..]);
        return parsed.Errors.Select(error => $"{command}: {error.Message}");
    }
}
