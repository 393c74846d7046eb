using System.CommandLine;
using Nudge.Commands;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>The program takes what manifests give it: asked of its own parser, so that neither can change alone.</summary>
public sealed class CommandAgreementTests
{
    private static readonly Dictionary<string, Func<Start>> Starts = new()
    {
        ["Dockerfile"] = Image.Start,
        ["compose worker-1"] = () => Compose.StartOf(Compose.Workers["worker-1"]),
        ["compose worker-2"] = () => Compose.StartOf(Compose.Workers["worker-2"]),
        ["compose worker-3"] = () => Compose.StartOf(Compose.Workers["worker-3"]),
        ["compose coordinator"] = () => Compose.StartOf(Compose.Coordinator),
        ["kubernetes statefulset"] = () => Kubernetes.StartOf(Kubernetes.StatefulSet),
        ["kubernetes run"] = () => Kubernetes.StartOf(Kubernetes.Run),
        ["nudge-node.service"] = UnitFile.Start,
    };

    public static TheoryData<string> Manifests => [.. Starts.Keys];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_program_takes_every_argument_and_every_value(string manifest)
    {
        string[] arguments = Starts[manifest]().AsArguments();
        ParseResult parsed = CommandLine.Create().Parse(arguments);
        Assert.True(
            parsed.Errors.Count == 0,
            $"nudge {string.Join(' ', arguments)}\n{string.Join('\n', parsed.Errors.Select(error => error.Message))}");
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void The_program_tells_of_every_variable(string manifest)
    {
        Start start = Starts[manifest]();
        string help = HelpOf(start.Command);
        Assert.NotEmpty(start.OwnVariables);
        string[] unknown = [.. start.OwnVariables.Where(name => !help.Contains(name, StringComparison.Ordinal))];
        Assert.True(unknown.Length == 0, $"nudge {start.Command} --help does not name {string.Join(", ", unknown)}");
    }

    [Fact]
    public void An_argument_that_the_program_does_not_have_is_found_out()
    {
        var wrong = new Start(["node"], new Dictionary<string, string> { ["NUDGE_NODE_HARBOUR"] = "1" });
        Assert.NotEmpty(CommandLine.Create().Parse(wrong.AsArguments()).Errors);
        Assert.DoesNotContain("NUDGE_NODE_HARBOUR", HelpOf("node"), StringComparison.Ordinal);
        Assert.Contains("--port", HelpOf("node"), StringComparison.Ordinal);
    }

    private static string HelpOf(string command)
    {
        using var output = new StringWriter();
        CommandLine.Create().Parse([command, "--help"]).Invoke(new InvocationConfiguration { Output = output });
        return output.ToString();
    }
}
