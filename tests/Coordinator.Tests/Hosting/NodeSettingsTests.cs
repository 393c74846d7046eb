using System.CommandLine;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Running;
using Nudge.Hosting;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class NodeSettingsTests
{
    [Fact]
    public void An_option_comes_before_the_environment_before_the_file_before_the_default()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "node.yaml");
        File.WriteAllText(file, "port: 1\nframe: 100001\nrole: from-file\nseed: a:1, b:2\n");
        var options = new NodeOptions();
        NodeSources sources = Sources(
            options,
            new() { ["NUDGE_NODE_PORT"] = "2", ["NUDGE_NODE_FRAME"] = "100002", ["NUDGE_NODE_ROLE"] = "" },
            "--settings", file, "--port", "3");
        Assert.Equal(3, options.Port.Of(sources));
        Assert.Equal(100_002, options.Frame.Of(sources));
        Assert.Equal("from-file", options.Role.Of(sources));
        Assert.Equal([new HostPort("a", 1), new HostPort("b", 2)], options.Seeds.Of(sources));
        Assert.Equal(0, options.Health.Of(sources));
    }

    [Fact]
    public void Every_setting_is_read_from_the_environment()
    {
        var options = new NodeOptions();
        var texts = new Dictionary<string, string>
        {
            ["NUDGE_NODE_HOST"] = "h",
            ["NUDGE_NODE_BIND"] = "0.0.0.0",
            ["NUDGE_NODE_PORT"] = "1",
            ["NUDGE_NODE_DATA_PORT"] = "4",
            ["NUDGE_NODE_FRAME"] = "40000",
            ["NUDGE_NODE_VALUES"] = "float16",
            ["NUDGE_NODE_STORE"] = "sqlite:s",
            ["NUDGE_NODE_STORE_FILES"] = "f",
            ["NUDGE_NODE_SEED"] = "a:1,b:2",
            ["NUDGE_NODE_ROLE"] = "r",
            ["NUDGE_NODE_HEALTH"] = "2",
            ["NUDGE_NODE_TLS_CERTIFICATE"] = "c",
            ["NUDGE_NODE_TLS_AUTHORITY"] = "d",
            ["NUDGE_NODE_SAVE_EVERY"] = "2",
            ["NUDGE_NODE_VERBOSE"] = "true",
            ["NUDGE_NODE_WORKERS"] = "3",
            ["NUDGE_NODE_DATA"] = "e",
            ["NUDGE_NODE_PLUGINS"] = "/tmp",
            ["NUDGE_NODE_MAX_SLICES"] = "5",
            ["NUDGE_NODE_MAX_LINKS"] = "6",
            ["NUDGE_NODE_MAX_MEMORY"] = "7",
            ["NUDGE_NODE_MAX_RUNS"] = "8",
            ["NUDGE_NODE_MAX_WAITING"] = "9",
            ["NUDGE_NODE_MAX_EXPERIMENT"] = "10",
            ["NUDGE_NODE_MAX_FRAMES"] = "1100",
        };
        Assert.Equal(texts.Keys.Order(), options.All.Select(setting => setting.Variable).Order());
        NodeSources sources = Sources(options, texts);
        Assert.All(options.All, setting => Assert.Equal(texts[setting.Variable], sources.TextOf(setting)));
    }

    [Theory]
    [InlineData("port: 1\nprot: 2\n", "node.yaml:2:1: prot: unknown key, did you mean port?")]
    [InlineData("port: many\n", "node.yaml:1:7: port: expected a whole number from 0 to 65535")]
    [InlineData("seed: [a]\n", "node.yaml:1:7: seed: expected one value")]
    [InlineData("seed: nowhere\n", "node.yaml:1:7: seed: expected HOST:PORT")]
    [InlineData("just words\n", "node.yaml:1:1: expected a map")]
    public async Task What_a_file_says_wrong_is_told_with_its_place(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "node.yaml"), text);
        Ended node = await NudgeProcess.RunAsync(folder.Path, "node", "--settings", "node.yaml");
        Assert.Equal(2, node.Code);
        Assert.Contains(reason, node.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NUDGE_NODE_PORT", "x", "NUDGE_NODE_PORT: expected a whole number", "node")]
    [InlineData("NUDGE_NODE_BIND", "0.0.0.0", "--host: missing", "node")]
    [InlineData("NUDGE_NODE_TLS_CERTIFICATE", "c.pem", "--tls-authority: missing", "node")]
    [InlineData("NUDGE_NODE_SEED", "nowhere", "NUDGE_NODE_SEED: expected HOST:PORT", "run", "xor", "--engine", "cluster")]
    [InlineData("X", "", "c.pem: cannot be read", "node", "--tls-certificate", "c.pem", "--tls-authority", "a.pem")]
    [InlineData("X", "", "--store-files: belongs to a store (--store)", "node", "--store-files", "f")]
    [InlineData("X", "", "--port: expected a whole number", "node", "--port", "70000")]
    public async Task What_is_wrong_elsewhere_is_told_too(string variable, string value, string reason, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Ended ended = await NudgeProcess.RunWithAsync(variable, value, folder.Path, arguments);
        Assert.Equal(2, ended.Code);
        Assert.Contains(reason, ended.Error, StringComparison.Ordinal);
    }

    private static NodeSources Sources(NodeOptions options, Dictionary<string, string> environment, params string[] arguments)
    {
        var command = new Command("node") { options.File };
        foreach (NodeSetting setting in options.All)
            command.Add(setting.Option);
        ParseResult parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return new(parsed, parsed.GetValue(options.File), options.All, environment.GetValueOrDefault);
    }
}
