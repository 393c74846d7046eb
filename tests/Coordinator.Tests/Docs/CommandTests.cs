using System.CommandLine;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The program has the commands that the documentation shows; those that end at once are run.</summary>
public sealed class CommandTests
{
    private const int FewestCommands = 60;
    private const int FewestRun = 15;

    public static TheoryData<string> Pages => [.. Page.Names.Where(name => ShownCommand.On(Page.Read(name)).Count > 0)];

    // All commands of tutorials are run by tests of their own.
    public static TheoryData<string> QuickPages =>
        [.. Page.Names.Where(name => !name.StartsWith("docs/tutorials/", StringComparison.Ordinal)
            && ShownCommand.On(Page.Read(name)).Any(command => command.IsQuick))];

    public static TheoryData<string> AllPages => [.. Page.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_program_takes_every_command_that_a_page_shows(string page) =>
        Problems.AssertNone(ShownCommand.On(Page.Read(page)).SelectMany(command => command.Refusals()));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Experiments_and_settings_in_commands_are_valid(string page)
    {
        Page read = Page.Read(page);
        Dictionary<string, string> files = Examples.FilesOn(read);
        Problems.AssertNone(ShownCommand.On(read).Select(command => command.Problem(files)).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Commands_in_running_text_have_options_of_the_program(string page) => Problems.AssertNone(
        Page.Read(page).Code
            .Where(code => code.StartsWith("nudge ", StringComparison.Ordinal) && !code.Contains('…'))
            .SelectMany(code => CommandLine.Create().Parse(ShellText.Words(code)[1..]).UnmatchedTokens
                .Select(token => $"{code}: {token}")));

    [Theory]
    [MemberData(nameof(QuickPages))]
    public async Task Commands_that_end_at_once_succeed(string page)
    {
        using var folder = new TemporaryFolder();
        Page read = Page.Read(page);
        foreach ((string file, string text) in Examples.FilesOn(read))
            await File.WriteAllTextAsync(folder.File(file), text);
        foreach (ShownCommand command in ShownCommand.On(read).Where(command => command.IsQuick))
        {
            Ended ended = await NudgeProcess.RunAsync(folder.Path, command.FromAnywhere());
            Assert.True(ended.Code == 0, $"{command.Text}: {ended.Code}\n{ended.Error}");
            Assert.NotEmpty(ended.Output);
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Projects_and_scripts_that_a_page_starts_exist(string page) => Problems.AssertNone(
        Page.Read(page).Blocks.Where(block => block.Language == "sh")
            .SelectMany(block => ShellText.Commands(block.Text))
            .SelectMany(PathsIn)
            // Made by the template on the page.
            .Where(path => !path.StartsWith("MyRules", StringComparison.Ordinal))
            .Where(path => !Path.Exists(Checkout.PathOf(path))));

    [Fact]
    public void The_pages_show_enough_commands_for_this_to_mean_something()
    {
        ShownCommand[] all = [.. Page.Names.SelectMany(name => ShownCommand.On(Page.Read(name)))];
        Assert.InRange(all.Length, FewestCommands, int.MaxValue);
        Assert.InRange(all.Count(command => command.IsQuick), FewestRun, int.MaxValue);
    }

    [Theory]
    [InlineData("nudge run digits --sede 7", "--sede")]
    [InlineData("NAME=1 nudge sweep", "expected an experiment")]
    [InlineData("dotnet run -c Release --project src/Coordinator -- rnu", "rnu")]
    [InlineData("netlab run 1 -- nudge node --harbour 1", "--harbour")]
    public void A_command_that_the_program_does_not_have_is_found(string line, string named)
    {
        IEnumerable<string> refusals = Shown(line).SelectMany(command => command.Refusals());
        Assert.Contains(named, string.Join('\n', refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nudge run digits --set links.activity.los.rate=1", "los")]
    [InlineData("nudge truth runs/xor-1 --set phases.b=2", "phases.b")]
    [InlineData("nudge sweep digits --vary learning.rule=isd,no-such-rule", "no-such-rule")]
    [InlineData("nudge validate experiments/none.yaml", "none.yaml")]
    [InlineData("nudge validate other.yaml", "other.yaml")]
    public void An_experiment_or_a_setting_that_does_not_exist_is_found(string line, string named)
    {
        ShownCommand command = Assert.Single(Shown(line));
        Assert.Contains(named, command.Problem(new Dictionary<string, string>()), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_split_as_a_shell_splits_them() => Assert.Equal(
        ["nudge", "run", "--set", "granularity={slice: 32}", "--out", "a b"],
        ShellText.Words("nudge run --set \"granularity={slice: 32}\" --out 'a b'   # a comment > none"));

    private static ShownCommand[] Shown(string line) => [.. ShownCommand.In($"{line}\n")];

    // What `--project`, `dotnet build`, `test` and `publish` name, and scripts by their path.
    private static IEnumerable<string> PathsIn(string[] words)
    {
        int project = Array.IndexOf(words, "--project");
        if (project >= 0)
            yield return words[project + 1];
        // A project behind options is one of a new plug-in, which no checkout has.
        if (words is ["dotnet", "build" or "test" or "publish", var path, ..] && !path.StartsWith('-'))
            yield return path;
        if (words.FirstOrDefault(word => !word.Contains('=')) is { } first && first.Contains('/'))
            yield return first;
    }
}
