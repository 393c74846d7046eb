using System.Text.Json.Nodes;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Commands;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task The_table_says_that_isd_remembers_nothing_and_what_the_others_do()
    {
        using var folder = new TemporaryFolder();
        Ended audit = await NudgeProcess.RunAsync(folder.Path, ["audit"]);
        Assert.Equal(0, audit.Code);
        string[] rows = audit.Output.Split('\n');
        Assert.Contains("nothing is remembered", Row("isd, equilibrium-propagation "), StringComparison.Ordinal);
        Assert.Contains("snapshot 408", Row("differential-isd, equilibrium-propagation "), StringComparison.Ordinal);
        Assert.DoesNotContain("UNDECLARED", audit.Output, StringComparison.Ordinal);

        string Row(string rule) => rows.First(row => row.TrimStart().StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experiment_is_measured_as_its_settings_have_it()
    {
        using var folder = new TemporaryFolder();
        Ended audit = await NudgeProcess.RunAsync(
            folder.Path, ["audit", "xor", "--set", "learning.rule=isd", "--json"]);
        Assert.Equal(0, audit.Code);
        JsonNode report = JsonNode.Parse(audit.Output)!.AsArray().Single()!;
        Assert.Equal("isd", report["rule"]!.GetValue<string>());
        Assert.Equal(0, report["bytes"]!.GetValue<long>());
        Assert.Empty(report["fields"]!.AsArray());
    }

    [Fact]
    public async Task The_summary_of_a_run_says_what_its_rules_carry()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, ["run", "xor", "--quiet", "--json", "--set", "run.presentations=40", "--out", "r"]);
        JsonNode summary = JsonNode.Parse(run.Output)!;
        Assert.Equal(
            summary["carriedBytes"]!.GetValue<long>(),
            summary["carried"]!.AsArray().Sum(place => place!["bytes"]!.GetValue<long>()));
        Assert.NotEqual(0, summary["carriedBytes"]!.GetValue<long>());
    }
}
