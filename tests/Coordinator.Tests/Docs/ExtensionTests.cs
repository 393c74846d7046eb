using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>The projects of examples/ are what the pages show, and they run as an outsider runs them.</summary>
public sealed partial class ExtensionTests
{
    private static readonly string[] Guides = ["docs/extending.md", "docs/guide/plugins.md", "docs/guide/library.md"];
    private const double LeastAccuracy = 0.9;

    // On a machine that is busy with other tests.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("own-rule")]
    [InlineData("own-model")]
    public async Task An_example_learns_its_gradient_and_declares_what_it_carries(string project)
    {
        Ended ended = await RunAsync(project);
        Assert.True(ended.Code == 0, $"{ended.Output}\n{ended.Error}");
        Assert.True(Number(Accuracy(), ended.Output) >= LeastAccuracy, ended.Output);
        Assert.InRange(Number(Slope(), ended.Output), 0.5, 1.5);
        Assert.DoesNotContain("not declared", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_builds_trains_and_reads_a_network_in_a_few_lines()
    {
        Ended ended = await RunAsync("library");
        Assert.True(ended.Code == 0, $"{ended.Output}\n{ended.Error}");
        Assert.Contains(" 2000 stimuli: 100 % right", ended.Output, StringComparison.Ordinal);
        Assert.Contains("400 weights of input-hidden", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_of_the_examples_is_shown_and_every_block_of_code_is_a_file()
    {
        string[] files = [.. Directory.GetFiles(Checkout.PathOf("examples"), "*.cs", SearchOption.AllDirectories).Where(IsSource)];
        var shown = Guides.SelectMany(guide => Page.Read(guide).Blocks.Select(block => (Guide: guide, Block: block)))
            .Where(one => one.Block.Language == "csharp").ToList();
        Problems.AssertNone(
        [
            .. files.Where(file => !shown.Exists(one => one.Block.Text == File.ReadAllText(file)))
                .Select(file => $"no page shows {Path.GetRelativePath(Checkout.PathOf(), file)} as it is"),
            .. shown.Where(one => !files.Any(file => one.Block.Text == File.ReadAllText(file)))
                .Select(one => $"{one.Guide}:{one.Block.Line}: the code is no file of examples/"),
        ]);
        Assert.Equal(files.Length, shown.Count);
    }

    [Fact]
    public void The_examples_see_the_public_parts_of_the_library_only()
    {
        foreach (string project in Directory.GetFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
            Assert.DoesNotMatch("InternalsVisibleTo Include=\"(Own|MyRules|Library)", File.ReadAllText(project));
    }

    private static bool IsSource(string file) =>
        !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static double Number(Regex pattern, string output)
    {
        Match match = pattern.Match(output);
        Assert.True(match.Success, $"no {pattern} in {output}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    // What is tested was built with the tests. `dotnet run --no-build` would start the same file, after seconds of reading the project.
    private static async Task<Ended> RunAsync(string project)
    {
        string source = Assert.Single(Directory.GetFiles(Checkout.PathOf("examples", project), "*.csproj"));
        string built = Checkout.PathOf("examples", project, "bin", "Release", "net10.0", $"{Path.GetFileNameWithoutExtension(source)}.dll");
        var start = new ProcessStartInfo("dotnet", [built]) { RedirectStandardOutput = true, RedirectStandardError = true };
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
