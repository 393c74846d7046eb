using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The projects of examples/ are what docs/extending.md shows, and they run as an outsider runs them.</summary>
public sealed partial class ExtensionTests
{
    private const string Guide = "docs/extending.md";
    private const double LeastAccuracy = 0.9;

    // Restores, builds and runs on a machine that is busy with other tests.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Checkout.PathOf("examples")).Select(folder => Path.GetFileName(folder))];

    // About 15 s each; up to a minute where the library has to be built as well.
    [Theory]
    [MemberData(nameof(Projects))]
    public async Task An_example_builds_and_runs_as_an_outsider_runs_it(string project)
    {
        Ended ended = await RunAsync("run", "-c", "Release", "--project", Checkout.PathOf("examples", project));
        Assert.True(ended.Code == 0, $"{ended.Output}\n{ended.Error}");
        Assert.True(Number(Accuracy(), ended.Output) >= LeastAccuracy, ended.Output);
        Assert.InRange(Number(Slope(), ended.Output), 0.5, 1.5);
        Assert.DoesNotContain("not declared", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_of_the_examples_is_shown_and_every_block_of_code_is_a_file()
    {
        string[] files = [.. Directory.GetFiles(Checkout.PathOf("examples"), "*.cs", SearchOption.AllDirectories).Where(IsSource)];
        var shown = Page.Read(Guide).Blocks.Where(block => block.Language == "csharp").ToList();
        Problems.AssertNone(
        [
            .. files.Where(file => !shown.Exists(block => block.Text == File.ReadAllText(file)))
                .Select(file => $"{Guide} does not show {Path.GetRelativePath(Checkout.PathOf(), file)} as it is"),
            .. shown.Where(block => !files.Any(file => block.Text == File.ReadAllText(file)))
                .Select(block => $"{Guide}:{block.Line}: the code is no file of examples/"),
        ]);
        Assert.Equal(files.Length, shown.Count);
    }

    [Fact]
    public void The_examples_see_the_public_parts_of_the_library_only()
    {
        foreach (string project in Directory.GetFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
            Assert.DoesNotMatch("InternalsVisibleTo Include=\"Own", File.ReadAllText(project));
    }

    private static bool IsSource(string file) =>
        !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static double Number(Regex pattern, string output)
    {
        Match match = pattern.Match(output);
        Assert.True(match.Success, $"no {pattern} in {output}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<Ended> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(AnswerTimeout);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"^accuracy (\S+)", RegexOptions.Multiline)]
    private static partial Regex Accuracy();

    [GeneratedRegex(@"^slope (\S+)", RegexOptions.Multiline)]
    private static partial Regex Slope();
}
