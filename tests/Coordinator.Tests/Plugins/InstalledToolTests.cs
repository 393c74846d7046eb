using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Nudge.Coordinator.Tests.Deploy;
using Nudge.Coordinator.Tests.Docs;
using Nudge.Coordinator.Tests.Running;
using Xunit.Abstractions;

namespace Nudge.Coordinator.Tests.Plugins;

/// <summary>
/// From the packages alone, in an empty home: a user installs the command and the template, and does what the tutorial on
/// rules shows, with every command of the page on plug-ins; the rule trains a network on every engine.
/// </summary>
public sealed class InstalledToolTests(ITestOutputHelper log) : IDisposable
{
    // On a machine that is busy with other tests.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(8);

    // The cache of packages outlives the test, so that no two tests may mean one version.
    private readonly string _version = $"0.1.{1 + (Environment.TickCount64 % 100_000_000)}";
    private readonly TemporaryFolder _home = new();

    private static string PackageCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose()
    {
        foreach (string package in Directory.GetDirectories(PackageCache, "nudge*"))
        {
            if (Directory.Exists(Path.Combine(package, _version)))
                Directory.Delete(Path.Combine(package, _version), recursive: true);
        }

        _home.Dispose();
    }

    [Fact]
    public async Task What_the_tutorial_shows_leads_from_an_empty_home_to_a_network_trained_by_a_rule_of_ones_own()
    {
        string feed = _home.File("feed");
        await RunAsync(
            Checkout.PathOf(), "dotnet", "pack", "Distributed.sln", "-c", "Release", "--no-build", "-o", feed, $"-p:PackageVersion={_version}");
        // What else it needs was restored for the tests: no network.
        File.WriteAllText(_home.File("NuGet.config"), $"""
            <configuration>
              <packageSources><clear /><add key="nudge" value="{feed}" /></packageSources>
            </configuration>
            """);
        string install = LineOf("docs/guide/installing.md", "dotnet tool install").Replace("packages", feed, StringComparison.Ordinal);
        var tutorial = new Tutorial("your-own-rule");
        string[] page = FirstBlockOf("docs/guide/plugins.md").Split('\n');
        Assert.Equal(7, page.Length);
        Assert.All(page, line => Assert.Contains(line, tutorial.Script, StringComparison.Ordinal));

        var watch = Stopwatch.StartNew();
        await RunAsync(_home.Path, "sh", "-ec", install);
        UseCompiledAhead();
        Ended shown = await RunAsync(_home.Path, "sh", "-ec", tutorial.Script);
        log.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s for what the tutorial shows");
        Problems.AssertNone(tutorial.Differences($"{shown.Output}\n{shown.Error}"));

        JsonElement first = ResultsOf("runs/my-rules-1");
        Assert.True(first.GetProperty("accuracy").GetDouble() > 0.95, shown.Output);
        Assert.Equal("mean-isd", first.GetProperty("settings").GetProperty("learning").GetProperty("rule").GetProperty("kind").GetString());

        WritePoints(_home.File("MyRules/points.csv"));
        await RunAsync(_home.File("MyRules"), "sh", "-ec", """
            nudge run experiment.yaml --quiet --set "data={file: points.csv, labels: kind}" --out csv
            nudge run experiment.yaml --quiet --set run.presentations=3000 --out alone
            nudge run experiment.yaml --quiet --set run.presentations=3000 --local-nodes 1 --out nodes
            nudge run experiment.yaml --quiet --engine actors --set run.presentations=4000 --out actors
            nudge run experiment.yaml --quiet --engine cluster --local-nodes 1 --set run.presentations=4000 --out cluster
            nudge audit experiment.yaml
            """);
        Ended completed = await RunAsync(_home.Path, "bash", "-ec", """
            source <(nudge completion bash)
            COMP_LINE="nudge run bars" COMP_POINT=14 COMP_WORDS=(nudge run bars) COMP_CWORD=2
            _nudge
            echo "${COMPREPLY[@]}"
            """);
        Assert.Equal("bars-and-stripes", completed.Output.Trim());
        if (File.Exists("/usr/bin/fish"))
        {
            Ended fish = await RunAsync(_home.Path, "fish", "--no-config", "-c", "nudge completion fish | source; complete -C 'nudge run bars'");
            Assert.StartsWith("bars-and-stripes", fish.Output, StringComparison.Ordinal);
        }

        Assert.True(ResultsOf("csv").GetProperty("accuracy").GetDouble() > 0.75, "on a CSV file, where chance is 0.25");
        foreach (string hash in new[] { "eventHash", "weightsHash" })
            Assert.Equal(ResultsOf("alone").GetProperty(hash).GetString(), ResultsOf("nodes").GetProperty(hash).GetString());
        foreach (string run in new[] { "actors", "cluster" })
            Assert.True(ResultsOf(run).GetProperty("accuracy").GetDouble() > 0.9, run);
    }

    // The same assemblies as machine code, as all tests have them: without, to compile takes most of the time of this one.
    private void UseCompiledAhead()
    {
        string program = Assert.Single(Directory.GetFiles(_home.File(".dotnet/tools/.store"), "nudge.dll", SearchOption.AllDirectories));
        int replaced = 0;
        foreach (string installed in Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll"))
        {
            string ahead = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(installed));
            if (!File.Exists(ahead) || ModuleOf(ahead) != ModuleOf(installed))
                continue;
            File.Copy(ahead, installed, overwrite: true);
            replaced++;
        }

        Assert.True(replaced > 40, $"{replaced} of the installed assemblies are those that were built");
    }

    // Identifies what was compiled; machine code that is added leaves it.
    private static Guid ModuleOf(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        if (!reader.HasMetadata)
            return Guid.Empty;
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    // Four kinds of points in eight dimensions: one of four values tells the kind, the others do not.
    private static void WritePoints(string file)
    {
        string[] kinds = ["ant", "bee", "cat", "dog"];
        IEnumerable<string> rows = Enumerable.Range(0, 2000).Select(row =>
            string.Join(',', Enumerable.Range(0, 8).Select(column => ValueOf(row, column)).Append(kinds[row & 3])));
        File.WriteAllLines(file, ["a,b,c,d,e,f,g,h,kind", .. rows]);

        static string ValueOf(int row, int column) =>
            column >= 4 ? $"0.0{row * column % 10}" : column == (row & 3) ? "0.9" : "0.1";
    }

    private static string FirstBlockOf(string page) => Page.Read(page).Blocks.First(block => block.Language == "sh").Text;

    private static string LineOf(string page, string begin) =>
        FirstBlockOf(page).Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal));

    private JsonElement ResultsOf(string run) =>
        JsonDocument.Parse(File.ReadAllText(_home.File(Path.Combine("MyRules", run, "run.json")))).RootElement;

    private async Task<Ended> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["NUGET_PACKAGES"] = PackageCache;
        start.Environment["HOME"] = start.Environment["DOTNET_CLI_HOME"] = _home.Path;
        start.Environment["PATH"] = $"{_home.File(".dotnet/tools")}:{start.Environment["PATH"]}";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        // Build servers would outlive the test, in a home that is gone.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
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

        var ended = new Ended(process.ExitCode, await output, await error);
        Assert.True(ended.Code == 0, $"{program} {string.Join(' ', arguments)}\n{ended.Output}\n{ended.Error}");
        return ended;
    }
}
