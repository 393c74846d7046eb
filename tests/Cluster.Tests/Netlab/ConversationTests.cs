using Nudge.Netlab.Commands;
using Nudge.Netlab.Forwarding;

namespace Nudge.Cluster.Tests.Netlab;

public sealed class ConversationTests
{
    [Fact]
    public void Cuts_are_of_a_host_of_a_pair_or_of_one_direction()
    {
        using var forwarder = new Forwarder(hosts: 3, seed: 1);
        Say(forwarder, "cut 1");
        Assert.Equal([new(1, 2), new(1, 3), new(2, 1), new(3, 1)], Cut(forwarder));
        Say(forwarder, "heal 1-2");
        Assert.Equal([new(1, 3), new(3, 1)], Cut(forwarder));
        Say(forwarder, "heal");
        Say(forwarder, "cut 2>3");
        Assert.Equal([new(2, 3)], Cut(forwarder));
        Say(forwarder, "heal 3");
        Assert.Empty(Cut(forwarder));
    }

    [Fact]
    public void Conditions_change_while_a_lab_is_up()
    {
        using var forwarder = new Forwarder(hosts: 2, seed: 1);
        Say(forwarder, "delay 50ms");
        Say(forwarder, "jitter 0.01s");
        Say(forwarder, "loss 0.25");
        Assert.Equal(
            new() { Delay = TimeSpan.FromMilliseconds(50), Jitter = TimeSpan.FromMilliseconds(10), Loss = 0.25 },
            forwarder.Conditions);
    }

    [Theory]
    [InlineData("cut 4")]
    [InlineData("cut 1-1")]
    [InlineData("cut 1-2-3")]
    [InlineData("cut")]
    [InlineData("heal x")]
    [InlineData("delay -1ms")]
    [InlineData("delay 5")]
    [InlineData("jitter 1ms")]
    [InlineData("loss 1.5")]
    [InlineData("")]
    public void What_is_not_understood_is_answered_by_an_error_and_changes_nothing(string line)
    {
        using var forwarder = new Forwarder(hosts: 3, seed: 1);
        Assert.StartsWith("error: ", Conversation.Answer(forwarder, line), StringComparison.Ordinal);
        Assert.Equal((new(), Cuts.None), (forwarder.Conditions, forwarder.Cuts));
    }

    private static void Say(Forwarder forwarder, string line) =>
        Assert.Equal("ok", Conversation.Answer(forwarder, line));

    private static LinkName[] Cut(Forwarder forwarder) =>
    [
        .. forwarder.Statistics().Select(link => link.Name).Where(forwarder.Cuts.Has)
            .OrderBy(link => link.From).ThenBy(link => link.To),
    ];
}
