using Akka.Actor;
using Akka.Event;
using Nudge.Actors;
using Nudge.Hosting;

namespace Nudge.Cluster.Tests.Hosting;

public sealed class ErrorOutputTests
{
    [Fact]
    public async Task What_akka_prints_itself_while_it_stops_is_no_line_of_standard_output()
    {
        Node node = Node.Start(new() { Role = NodeSettings.Coordinator }, source: null);
        MinimalLogger last = ((ExtendedActorSystem)node.System).Settings.StdoutLogger;
        await node.DisposeAsync();
        Assert.IsType<ErrorOutput>(last);
    }

    [Fact]
    public void An_entry_is_one_line_with_its_cause()
    {
        var entry = new Error(new InvalidOperationException("gone"), "here", typeof(ErrorOutputTests), "it ended\n  at a place");
        Assert.Equal("error: it ended (InvalidOperationException: gone)", ErrorOutput.Line(entry));
        Assert.Equal("warning: slow", ErrorOutput.Line(new Warning("here", typeof(ErrorOutputTests), "slow")));
    }
}
