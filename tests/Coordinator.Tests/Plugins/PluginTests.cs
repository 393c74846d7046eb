using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Nudge.Experiments;
using Nudge.Experiments.Listing;
using Nudge.Plugins;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Plugins;

/// <summary>What an outside assembly defines can be named as what the program has itself; what cannot be used is refused with its place.</summary>
public sealed class PluginTests : IDisposable
{
    private const string OwnDelay = "links: {activity: {delay: {law: always-late, after: 3}}}\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_experiment_names_what_a_plugin_beside_its_file_defines()
    {
        WriteLaw("laws/mine.dll");
        LoadedExperiment read = Load("plugins: [laws/mine.dll]\n" + OwnDelay);
        Assert.Equal(3, read.Settings.Links.Activity.Delay.MeanDelay);
        PluginSettings plugin = Assert.Single(read.Settings.Plugins);
        Assert.Equal(_folder.File("laws/mine.dll"), plugin.File);
        Assert.Equal(HashOf("laws/mine.dll"), plugin.Sha256);
    }

    [Fact]
    public void What_is_written_of_such_an_experiment_gives_the_same_settings_from_any_folder()
    {
        WriteLaw("mine.dll");
        ExperimentSettings settings = Load("plugins: [mine.dll]\n" + OwnDelay).Settings;
        string written = SettingsWriter.ToYaml(settings, explained: false);
        ExperimentSettings again = ExperimentFile.Parse("elsewhere", written, [], null).Settings;
        Assert.Equal(SettingsWriter.ToJson(settings).ToJsonString(), SettingsWriter.ToJson(again).ToJsonString());
        Assert.Equal(settings.Links.Activity.Delay, again.Links.Activity.Delay);
        Assert.Contains("after: 3", SettingsWriter.ToYaml(settings, explained: true), StringComparison.Ordinal);
    }

    [Fact]
    public void The_option_adds_a_plugin_to_those_of_the_file()
    {
        WriteLaw("mine.dll");
        string other = WriteLaw("other.dll", "later");
        ExperimentSettings settings = Load(
            "plugins: [mine.dll]\n" + OwnDelay, $"plugins+={other}", "links.control.delay={law: later, after: 2}").Settings;
        Assert.Equal(3, settings.Links.Activity.Delay.MeanDelay);
        Assert.Equal(2, settings.Links.Control.Delay.MeanDelay);
        Assert.Equal(2, settings.Plugins.Count);
    }

    [Fact]
    public void A_plugin_that_has_moved_is_named_again_and_must_still_be_the_same()
    {
        string moved = WriteLaw("new/mine.dll");
        string gone = $"plugins: [{{file: old/mine.dll, sha256: {HashOf("new/mine.dll")}}}]\n" + OwnDelay;
        Assert.Equal(moved, Assert.Single(Load(gone, $"plugins+={moved}").Settings.Plugins).File);
        WriteLaw("new/mine.dll", "always-late", "// another build");
        Assert.Contains("is another build: its SHA-256 is ", ErrorOf(gone, $"plugins+={moved}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_definitions_are_listed_and_stand_in_the_schema()
    {
        string file = WriteLaw("mine.dll");
        var catalogue = Definitions.With([Plugin.Load(file, null)]);
        Assert.Contains(
            new CatalogueListing(catalogue).Of("delays").Single().Definitions, one => one.Definition.Name == "always-late");
        JsonNode schema = JsonNode.Parse(SettingsSchema.ToJson(catalogue))!;
        Assert.NotNull(schema["$defs"]!["fixedDelay"]!["properties"]!["after"]);
        Assert.Null(JsonNode.Parse(SettingsSchema.ToJson())!["$defs"]!["fixedDelay"]);
    }

    [Fact]
    public void One_build_is_loaded_once_and_two_builds_are_two()
    {
        string first = WriteLaw("a/mine.dll");
        string same = Path.Combine(_folder.Path, "b.dll");
        File.Copy(first, same);
        string other = WriteLaw("c/mine.dll", "always-late", "// another build");
        Assert.Same(Plugin.Load(first, null), Plugin.Load(same, null));
        Assert.NotSame(Plugin.Load(first, null).Assembly, Plugin.Load(other, null).Assembly);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_its_place()
    {
        File.WriteAllText(_folder.File("text.dll"), "no assembly");
        CompiledPlugin.Write(_folder.File("empty.dll"), "public sealed class Nothing;");
        WriteLaw("taken.dll", "exponential");
        WriteLaw("mine.dll");
        CompiledPlugin.Write(_folder.File("throws.dll"), """
            public sealed class Broken() : Nudge.Catalogue.Definition("broken", Fail(), typeof(object))
            {
                private static string Fail() => throw new System.InvalidOperationException("not today");
            }
            """);
        (string Section, string Message)[] cases =
        [
            ("plugins: [missing.dll]", "2:11: plugins[0]: there is no file "),
            ("plugins: [text.dll]", "2:11: plugins[0]: " + _folder.File("text.dll") + " is no .NET assembly"),
            ("plugins: [empty.dll]", "empty.dll defines nothing; expected a model, rule, law, data set or placement"),
            ("plugins: [mine.dll, taken.dll]", "2:21: plugins[1]: "),
            ("plugins: [taken.dll]", "is called exponential, as Nudge.Links.ExponentialDelay"),
            ("plugins: [throws.dll]", "throws.dll cannot be used with this program: not today"),
            ("plugins: [mine.dll, mine.dll]", "is named twice; expected each plug-in once"),
            ("plugins: mine.dll", "2:10: plugins: found mine.dll; expected a list"),
            ("plugins: [{sha256: 00}]", "plugins[0].file: missing"),
            ("plugins: [{file: mine.dll, sha256: 00}]", "plugins[0].sha256: "),
            ($"plugins: [{{file: mine.dll, sha256: {new string('0', 64)}}}]", $"; expected {new string('0', 64)}"),
        ];
        foreach ((string section, string message) in cases)
            Assert.Contains(message, ErrorOf(section + "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_of_a_newer_version_is_refused_with_both_versions()
    {
        string newer = CompiledPlugin.Write(
            _folder.File("Nudge.Later.dll"), "[assembly: System.Reflection.AssemblyVersion(\"9.1.0.0\")] public class Later;");
        CompiledPlugin.Write(_folder.File("mine.dll"), CompiledPlugin.Law.Replace("NAME", "always-late", StringComparison.Ordinal)
            + "public sealed class Uses : Later;", newer);
        Assert.Contains("was built with Nudge.Later 9.1.0.0; this program has 0.1.0.0", ErrorOf("plugins: [mine.dll]\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_plugin_is_missing_what_it_defines_is_not_called_unknown_too() =>
        Assert.DoesNotContain("always-late", ErrorOf("plugins: [missing.dll]\n" + OwnDelay), StringComparison.Ordinal);

    [Theory]
    [InlineData("private static float _last;", "_last += 1;", "OwnRule.EndPhase → static OwnRule._last")]
    [InlineData("", "File.WriteAllText(\"x\", \"y\");", "OwnRule.EndPhase → File.WriteAllText")]
    [InlineData("", "Console.WriteLine();", "OwnRule.EndPhase → Console.WriteLine")]
    [InlineData("private Nudge.Populations.PopulationSlice _slice = null;", "if (_slice.Plan.Count == 0) throw new InvalidOperationException();", "PopulationSlice")]
    public void A_rule_that_reaches_beyond_its_synapses_is_refused_with_what_it_reaches(string fields, string code, string reached)
    {
        string error = ErrorOf(Ruled("reaching.dll", fields, code));
        Assert.Contains("learning.rule: own is not local: ", error, StringComparison.Ordinal);
        Assert.Contains(reached, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_local_is_taken() =>
        Assert.Equal("own", Load(Ruled("local.dll", "private float _sum;", "_sum += here.Activity[0];")).Settings.Learning.Rule.Rule.Name);

    [Fact]
    public void A_node_takes_a_plugin_from_its_own_folder_by_name_and_hash_alone()
    {
        string ours = WriteLaw("ours/mine.dll");
        string sent = SettingsWriter.ToYaml(Load($"plugins: [{ours}]\n" + OwnDelay).Settings, explained: false);
        string node = Directory.CreateDirectory(_folder.File("node")).FullName;
        Assert.Contains("this node has no folder of plug-ins", Refused([]), StringComparison.Ordinal);
        Assert.Contains($"this node has no mine.dll in its folders of plug-ins, {node}", Refused([node]), StringComparison.Ordinal);
        WriteLaw("node/mine.dll", "always-late", "// another build");
        Assert.Contains("is another build", Refused([node]), StringComparison.Ordinal);
        File.Copy(ours, Path.Combine(node, "mine.dll"), overwrite: true);
        ExperimentSettings read = ExperimentFile.Parse("sent", sent, [], null, PluginPlaces.OfNode([node])).Settings;
        Assert.Equal(Path.Combine(node, "mine.dll"), Assert.Single(read.Plugins).File);
        Assert.Contains(
            "the run names no SHA-256 of it",
            Assert.Throws<PluginException>(() => PluginPlaces.OfNode([node]).FileOf(new() { File = "mine.dll" })).Message,
            StringComparison.Ordinal);

        string Refused(string[] folders) => Assert.Throws<ExperimentException>(
            () => ExperimentFile.Parse("sent", sent, [], null, PluginPlaces.OfNode(folders))).Message;
    }

    [Fact]
    public void A_file_with_every_default_written_out_is_taken_for_a_sweep_too()
    {
        File.WriteAllText(_folder.File("whole.yaml"), SettingsWriter.ToYaml(Load("").Settings, explained: true));
        Assert.Empty(SweepDefinition.Of(new() { File = _folder.File("whole.yaml"), Vary = ["lanes=1,2"] }).Set);
    }

    [Fact]
    public void A_sweep_keeps_the_hash_that_its_plugins_have_when_it_begins()
    {
        WriteLaw("mine.dll");
        string file = Write("plugins: [mine.dll]\n" + OwnDelay);
        var definition = SweepDefinition.Of(new() { File = file, Vary = ["lanes=1,2"] });
        WriteLaw("mine.dll", "always-late", "// another build");
        var error = Assert.Throws<ExperimentException>(() => SweepPlan.Make(SweepDefinition.Parse(definition.ToJson()), yes: true));
        Assert.Contains("is another build", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_resumed_with_the_same_build_wherever_it_lies()
    {
        WriteLaw("a/mine.dll");
        WriteLaw("c/mine.dll", "always-late", "// another build");
        Directory.CreateDirectory(_folder.File("b"));
        File.Copy(_folder.File("a/mine.dll"), _folder.File("b/mine.dll"));
        ExperimentSettings At(string file) => Load($"plugins: [{file}]\n" + OwnDelay).Settings;
        Assert.All(
            SettingsComparison.Between(At("a/mine.dll"), At("b/mine.dll")),
            one => Assert.True(SettingsComparison.IsFree(one.Path, virtualTime: true), one.Path));
        Assert.Contains(
            SettingsComparison.Between(At("a/mine.dll"), At("c/mine.dll")),
            one => one.Path == "plugins[0].sha256" && !SettingsComparison.IsFree(one.Path, virtualTime: true));
    }

    private string Ruled(string file, string fields, string code)
    {
        CompiledPlugin.Write(
            _folder.File(file),
            CompiledPlugin.Rule.Replace("FIELDS", fields, StringComparison.Ordinal).Replace("CODE", code, StringComparison.Ordinal));
        return $"plugins: [{file}]\nlearning: {{rule: own}}\n";
    }

    private string WriteLaw(string file, string name = "always-late", string more = "") => CompiledPlugin.Write(
        _folder.File(file),
        CompiledPlugin.Law.Replace("NAME", name, StringComparison.Ordinal) + (more.Length == 0 ? "" : "\npublic sealed class Another;"));

    private string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File(file))));

    private string Write(string sections)
    {
        string file = _folder.File("experiment.yaml");
        File.WriteAllText(file, $$"""
            name: plugged
            {{sections}}data: {set: xor}
            populations:
              bits: {role: input, size: 2}
              hidden: {role: hidden, size: 4}
              class: {role: output, size: 2}
            projections:
              bits-hidden: {from: bits, to: hidden}
              hidden-class: {from: hidden, to: class, bidirectional: true}
            run: {presentations: 100}
            """);
        return file;
    }

    private LoadedExperiment Load(string sections, params string[] overrides) => ExperimentFile.Load(Write(sections), overrides, null);

    private string ErrorOf(string sections, params string[] overrides) =>
        Assert.Throws<ExperimentException>(() => Load(sections, overrides)).Message;
}
