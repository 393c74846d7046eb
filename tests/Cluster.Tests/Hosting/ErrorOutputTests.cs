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
    public void Warnings_of_akka_are_not_for_users_and_its_errors_and_all_of_this_program_are()
    {
        Assert.False(ErrorOutput.IsForUsers(new Warning("here", typeof(Akka.Cluster.Cluster), "gated")));
        Assert.False(ErrorOutput.IsForUsers(new Info("here", typeof(ActorSystem), "started")));
        Assert.True(ErrorOutput.IsForUsers(new Error(null, "here", typeof(Akka.Cluster.Cluster), "failed")));
        Assert.True(ErrorOutput.IsForUsers(new Warning("here", typeof(Node), "refused")));
    }

    [Fact]
    public void An_entry_is_one_line_with_its_cause()
    {
        var entry = new Error(new InvalidOperationException("gone"), "here", typeof(ErrorOutputTests), "it ended\n  at a place");
        Assert.Equal("error: it ended (InvalidOperationException: gone)", ErrorOutput.Line(entry));
        Assert.Equal("warning: slow", ErrorOutput.Line(new Warning("here", typeof(ErrorOutputTests), "slow")));
        Assert.Equal("info: up", ErrorOutput.Line(new Info("here", typeof(ErrorOutputTests), "up")));
    }
}
