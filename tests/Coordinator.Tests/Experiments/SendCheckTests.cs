using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Settings of ways to send activity that another way would read.</summary>
public sealed class SendCheckTests
{
    [Theory]
    [InlineData("when: change, window: 3", "window", "acknowledged")]
    [InlineData("when: acknowledged, keepAlive: 3", "keepAlive", "change")]
    [InlineData("when: acknowledged, trace: 3", "trace", "change")]
    [InlineData("requestMissing: true", "requestMissing", "change")]
    public void What_a_way_to_send_does_not_read_is_warned_of(string send, string setting, string needs)
    {
        LoadedExperiment loaded = SmallExperiment.Set($"links.activity.send={{{send}}}");
        Problem warning = Assert.Single(loaded.Warnings);
        Assert.Equal($"links.activity.send.{setting}", warning.Path);
        Assert.Contains($"when: {needs}", warning.Message, StringComparison.Ordinal);
    }
}
