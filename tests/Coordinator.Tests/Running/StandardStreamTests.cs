using System.Text.Json;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>What the program does where its output cannot be written.</summary>
public sealed class StandardStreamTests
{
    private const string Unwritable = "standard output cannot be written: ";

    private static readonly string[] Tiny =
        ["run", "xor", "--set", "run.presentations=40", "--out", "kept"];

    private static readonly string[] Files =
        ["experiment.yaml", "ledger.png", "learning-curve.png", "metrics.csv", "run.json", "weights.npz"];

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("2> >(true)")]
    public async Task Progress_that_cannot_be_written_is_dropped_and_the_run_goes_on(string redirection)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunInShellAsync(folder.Path, redirection, [.. Tiny, "--json"]);
        Assert.Equal(0, run.Code);
        Assert.Equal(40, run.Json.GetProperty("presentations").GetInt64());
        HoldsARun(folder.File("kept"));
    }

    [Theory]
    [InlineData(">/dev/full", "No space left on device")]
    [InlineData(">&-", "it is closed")]
    public async Task Results_that_cannot_be_written_are_an_error_that_says_where_they_are(string redirection, string reason)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunInShellAsync(folder.Path, redirection, Tiny);
        Assert.Equal(1, run.Code);
        Assert.Contains($"{Unwritable}{reason}; the results are in {folder.File("kept")}\n", run.Error, StringComparison.Ordinal);
        HoldsARun(folder.File("kept"));
    }

    [Fact]
    public async Task A_reader_that_has_left_is_no_error()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunInShellAsync(folder.Path, "> >(true)", Tiny);
        Assert.Equal(0, run.Code);
        HoldsARun(folder.File("kept"));
    }

    [SkippableFact]
    public async Task The_summary_of_a_run_is_on_a_terminal_as_on_a_pipe()
    {
        const string Terminal = "/usr/bin/script";
        Skip.IfNot(File.Exists(Terminal), "There is no script to make a terminal with.");
        using var folder = new TemporaryFolder();
        Ended piped = await NudgeProcess.RunAsync(folder.Path, Tiny);
        Directory.Delete(folder.File("kept"), recursive: true);
        Ended shown = await NudgeProcess.RunOnTerminalAsync(Terminal, folder.Path, Tiny);
        foreach (Ended run in new[] { piped, shown })
        {
            Assert.Equal(0, run.Code);
            Assert.Contains("after 40 stimuli", run.Output, StringComparison.Ordinal);
            Assert.Contains(folder.File("kept"), run.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\u001b", piped.Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[", shown.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string> Printing =>
    [
        "--help", "run --help", "--version", "list", "list --json", "validate xor", "validate xor --explain",
        "validate --schema", "data info xor", "reproduce", "truth xor --phases 100 --json",
    ];

    [Theory]
    [MemberData(nameof(Printing))]
    public async Task A_command_whose_output_cannot_be_written_says_so_in_one_line_and_ends_with_1(string command)
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunInShellAsync(folder.Path, ">/dev/full", command.Split(' '));
        Assert.Equal(1, run.Code);
        Assert.Equal($"nudge: {Unwritable}No space left on device\n", run.Error);
    }

    [Fact]
    public async Task Escape_characters_of_a_name_are_spelt_out()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(folder.Path, "validate", "\u001b[31mred\u202e.yaml");
        Assert.Equal(2, run.Code);
        Assert.Contains("\\u001b[31mred\\u202e.yaml: no such file", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    private static void HoldsARun(string folder)
    {
        Assert.All(Files, file => Assert.True(new FileInfo(Path.Combine(folder, file)).Length > 0, file));
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json")));
        Assert.False(summary.RootElement.GetProperty("interrupted").GetBoolean());
    }
}
