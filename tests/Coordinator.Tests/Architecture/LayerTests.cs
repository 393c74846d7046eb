using System.Text.RegularExpressions;
using Nudge.Coordinator.Tests.Deploy;

namespace Nudge.Coordinator.Tests.Architecture;

/// <summary>
/// The folders of the coordinator depend in one direction. A line is a layer, the lowest first; folders on one line do
/// not know each other, and a sub-folder that is not named belongs to the folder above it.
/// </summary>
public sealed partial class LayerTests
{
    private const string Layers = """
        Stimuli Recording Statistics            # data sets; files of a run; statistics of many runs
        Experiments                             # experiment files and their settings
        Running                                 # one run and pools of runs; interfaces of progress and figures
        Measurements                            # what runs are compared by; variance of the updates
        Reproductions Sweeps                    # arms, claims and verdicts; grids, rows and tables
        Reproductions/Results Sweeps/Analysis   # what their runs gave, as plain results
        Reports                                 # progress, tables and figures of all results
        Reports/Sweeps                          # the page of a sweep
        Commands                                # puts them together
        .
        """;

    [Fact]
    public void Folders_name_lower_layers_only() => Assert.Empty(Violations(
        Directory.EnumerateFiles(Checkout.PathOf("src", "Coordinator"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Checkout.PathOf("src", "Coordinator"), path).Replace('\\', '/'))
            .Where(path => path.Split('/')[0] is not ("obj" or "bin"))
            .Select(path => (path, File.ReadAllText(Checkout.PathOf("src", "Coordinator", path))))));

    [Theory]
    [InlineData("Running", "using Nudge.Reports;", "Running/Planted.cs:2: Running names Nudge.Reports")]
    [InlineData("Running", "using Plot = Nudge.Reports.PlotStyle;", "Running/Planted.cs:2: Running names Nudge.Reports.PlotStyle")]
    [InlineData("Sweeps", "using static Nudge.Reproductions.Arm;", "Sweeps/Planted.cs:2: Sweeps names Nudge.Reproductions.Arm")]
    [InlineData("Reproductions", "using Nudge.Reproductions.Results;", "Reproductions/Planted.cs:2: Reproductions names Nudge.Reproductions.Results")]
    [InlineData("Unknown", "", "Unknown/Planted.cs:1: the folder is in no layer")]
    public void A_using_that_points_up_or_aside_is_reported_with_its_line(string folder, string planted, string expected) =>
        Assert.Equal([expected], Violations([($"{folder}/Planted.cs", $"using System;\n{planted}\nnamespace Nudge.X;\n")]));

    [Theory]
    [InlineData("Reports", "using Nudge.Running;")]
    [InlineData("Running", "using Nudge.Links;")]
    [InlineData("Experiments/Checks", "using Nudge.Experiments.Binding;")]
    public void A_using_of_a_lower_layer_or_of_another_project_is_none(string folder, string planted) =>
        Assert.Empty(Violations([($"{folder}/Allowed.cs", planted)]));

    private static IReadOnlyList<string> Violations(IEnumerable<(string Path, string Text)> files)
    {
        var layerOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int layer, string line) in Layers.Split('\n').Index())
        {
            foreach (string folder in line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                layerOf.Add(folder, layer);
        }

        return [.. files.SelectMany(file => Violations(file.Path, file.Text, layerOf))];
    }

    private static IEnumerable<string> Violations(string path, string text, Dictionary<string, int> layerOf)
    {
        string folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : ".";
        if (OwnerOf(folder, layerOf) is not { } own)
        {
            yield return $"{path}:1: the folder is in no layer";
            yield break;
        }

        foreach ((int number, string line) in text.Split('\n').Index())
        {
            string named = Using().Match(line).Groups["name"].Value;
            string? other = OwnerOf(named.Replace('.', '/'), layerOf);
            if (other is not null && other != own && layerOf[other] >= layerOf[own])
                yield return $"{path}:{number + 1}: {own} names Nudge.{named}";
        }
    }

    // The longest listed folder that a folder, or the name of a namespace or type, begins with.
    private static string? OwnerOf(string folder, Dictionary<string, int> layerOf) => layerOf.Keys
        .Where(listed => folder == listed || folder.StartsWith($"{listed}/", StringComparison.Ordinal))
        .MaxBy(listed => listed.Length);

    [GeneratedRegex(@"^\s*(global )?using (static |\w+ = )?Nudge\.(?<name>[\w.]+)")]
    private static partial Regex Using();
}
