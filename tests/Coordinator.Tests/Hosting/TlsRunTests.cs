using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class TlsRunTests
{
    private const string Secret = "open-sesame-4711";

    [Fact]
    public async Task A_run_and_its_local_nodes_know_each_other_by_the_certificates_that_the_program_made_and_tell_no_secret()
    {
        using var folder = new TemporaryFolder();
        await AssertDoneAsync(folder, "cert", "authority", "--out", "ca");
        await AssertDoneAsync(folder, "cert", "coordinator", "--authority", "ca", "--host", "localhost", "127.0.0.1", "--out", "n.pem");
        Ended again = await NudgeProcess.RunAsync(folder.Path, "cert", "authority", "--out", "ca");
        Assert.Equal(2, again.Code);
        Ended run = await NudgeProcess.RunWithAsync(
            "NUDGE_NODE_STORE", $"sqlite:{Path.Combine(folder.Path, Secret)}", folder.Path,
            "run", "xor", "--engine", "cluster", "--local-nodes", "1", "--out", "r",
            "--tls-certificate", "n.pem", "--tls-authority", "ca/authority.pem", "--set", "run.presentations=4",
            "--set", "run.evaluateEvery=4", "--set", "run.evaluateExamples=4");
        Assert.True(run.Code == 0, run.Error);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(Path.Combine(folder.Path, "r"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    /// <summary>Membership, orders and data, each on a connection of its own, and the inspector.</summary>
    [SkippableFact]
    public async Task Nodes_and_a_run_find_each_other_by_addresses_of_ipv6()
    {
        Skip.IfNot(System.Net.Sockets.Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var folder = new TemporaryFolder();
        await AssertDoneAsync(folder, "cert", "authority", "--out", "ours");
        await AssertDoneAsync(folder, "cert", "coordinator", "--authority", "ours", "--host", "::1", "--out", "ours.pfx");
        string[] here = [.. Tls(folder, "ours"), "--host", "::1"];
        using var first = NodeProcess.Start(here);
        string seed = await first.UpAsync();
        Assert.StartsWith("[::1]:", seed, StringComparison.Ordinal);
        using var second = NodeProcess.Start([.. here, "--seed", seed]);
        string other = await second.UpAsync();
        Ended status = await NudgeProcess.RunAsync(folder.Path, ["cluster", "status", seed, .. Tls(folder, "ours")]);
        Assert.True(status.Code == 0, status.Error);
        Assert.Contains(other, status.Output, StringComparison.Ordinal);
        Ended run = await NudgeProcess.RunAsync(
            folder.Path,
            [
                "run", "xor", "--engine", "cluster", "--join", seed, "--nodes", "2", .. here, "--set", "run.presentations=40",
                "--set", "run.evaluateEvery=40", "--json", "--out", "r",
            ]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(40, run.Json.GetProperty("presentations").GetInt64());
    }

    [Fact]
    public async Task A_node_with_another_authority_is_not_let_in_and_told_nothing()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "ours", "theirs" })
        {
            await AssertDoneAsync(folder, "cert", "authority", "--out", name);
            await AssertDoneAsync(folder, "cert", "node", "--authority", name, "--host", "127.0.0.1", "--out", $"{name}.pfx");
        }

        using var first = NodeProcess.Start(Tls(folder, "ours"));
        string seed = await first.UpAsync();
        using var rogue = NodeProcess.Start([.. Tls(folder, "theirs"), "--seed", seed]);
        // While the other one still tries.
        Ended spied = await NudgeProcess.RunAsync(folder.Path, ["cluster", "status", seed, .. Tls(folder, "theirs")]);
        Assert.Equal(1, spied.Code);
        Assert.Empty(spied.Output);
        Assert.Equal(1, await rogue.EndAsync());
        Assert.Contains("no seed let this node in", rogue.Log, StringComparison.Ordinal);
        Ended asked = await NudgeProcess.RunAsync(folder.Path, ["cluster", "status", seed, .. Tls(folder, "ours")]);
        Assert.True(asked.Code == 0, $"{asked.Error}\n{first.Log}");
        Assert.Contains(seed, asked.Output, StringComparison.Ordinal);
        Assert.Equal(0, await first.EndAsync("TERM"));
    }

    private static string[] Tls(TemporaryFolder folder, string name) =>
    [
        "--tls-certificate", Path.Combine(folder.Path, $"{name}.pfx"),
        "--tls-authority", Path.Combine(folder.Path, name, "authority.pem"),
    ];

    private static async Task AssertDoneAsync(TemporaryFolder folder, params string[] arguments)
    {
        Ended ended = await NudgeProcess.RunAsync(folder.Path, arguments);
        Assert.True(ended.Code == 0, ended.Error);
    }
}
