using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Commands;

/// <summary><c>nudge variance</c> as a user meets it.</summary>
public sealed class VarianceCommandTests
{
    [Fact]
    public async Task It_prints_json_and_writes_a_table_and_a_figure()
    {
        using var folder = new TemporaryFolder();
        Ended ended = await NudgeProcess.RunAsync(
            folder.Path, "variance", "ff-bars", "--b", "0.3,0.5,0.8", "--phases", "2000", "--json", "--out", "out");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.InRange(ended.Json.GetProperty("bestB").GetDouble(), 0.8, 0.95);
        Assert.InRange(ended.Json.GetProperty("rSquared").GetDouble(), 0.9, 1);
        Assert.Equal(3, ended.Json.GetProperty("points").GetArrayLength());
        foreach (string file in new[] { "variance.csv", "variance.png", "variance.svg", "experiment.yaml" })
            Assert.True(new FileInfo(folder.File(Path.Combine("out", file))).Length > 100, file);
    }

    [Theory]
    [InlineData("--b", "0.3,1.5", "--b: found 1.5; expected numbers greater than 0 and less than 1")]
    [InlineData("--set", "learning.rule=paired", "learning.rule: paired does not weigh by b; expected a rule that does")]
    public async Task What_has_no_b_is_refused(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        Ended ended = await NudgeProcess.RunAsync(folder.Path, "variance", "bars-and-stripes", option, value);
        Assert.NotEqual(0, ended.Code);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("runs")));
    }
}
