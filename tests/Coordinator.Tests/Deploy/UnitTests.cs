using Nudge.Commands;

namespace Nudge.Coordinator.Tests.Deploy;

public sealed class UnitTests
{
    [Fact]
    public void It_is_started_again_unless_its_settings_are_wrong()
    {
        Assert.Equal("on-failure", UnitFile.One("Restart"));
        Assert.Equal($"{ExitCode.BadInput}", UnitFile.One("RestartPreventExitStatus"));
        // Removed by the others, it must come back however often that happens.
        Assert.NotEqual(ExitCode.BadInput, ExitCode.Removed);
        Assert.Equal("0", UnitFile.One("StartLimitIntervalSec"));
        Assert.Empty(UnitFile.All("SuccessExitStatus"));
    }

    [Fact]
    public void It_is_asked_to_leave_and_has_the_time_to()
    {
        Assert.Equal("SIGTERM", UnitFile.One("KillSignal"));
        Assert.True(int.Parse(UnitFile.One("TimeoutStopSec")) > Termination.Within.TotalSeconds);
    }

    [Fact]
    public void Certificates_are_credentials_under_the_names_that_the_variables_have()
    {
        IReadOnlyDictionary<string, string> loaded = UnitFile.All("LoadCredential").ToDictionary(
            credential => $"%d/{credential.Split(':')[0]}", credential => credential.Split(':')[1]);
        Start start = UnitFile.Start();
        string[] needed = [start["NUDGE_NODE_TLS_CERTIFICATE"], start["NUDGE_NODE_TLS_AUTHORITY"]];
        Assert.Equal(needed.Order(), loaded.Keys.Order());
    }

    [Fact]
    public void The_example_of_its_variables_is_a_node_of_the_cluster_that_it_names()
    {
        Start start = UnitFile.Start();
        Assert.Contains(Start.Place($"{start["NUDGE_NODE_HOST"]}:{start["NUDGE_NODE_PORT"]}"), start.Seeds);
        Assert.Equal(3, start.Seeds.Distinct().Count());
        Assert.Equal("/etc/nudge/node.env", UnitFile.One("EnvironmentFile"));
        Assert.StartsWith("# /etc/nudge/node.env", Checkout.Lines("deploy", "node.env.example")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_do_little_and_yet_compile_code()
    {
        foreach ((string key, string value) in new[]
        {
            ("DynamicUser", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"),
            ("NoNewPrivileges", "yes"), ("CapabilityBoundingSet", ""), ("RestrictNamespaces", "yes"),
        })
            Assert.Equal(value, UnitFile.One(key));
        Assert.Empty(UnitFile.All("MemoryDenyWriteExecute"));
    }
}
