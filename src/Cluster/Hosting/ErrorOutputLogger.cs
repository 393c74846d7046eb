using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>Akka's log on standard error: standard output belongs to results.</summary>
public sealed class ErrorOutputLogger : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            // A connection that ended: the supervisor reports a lost node, and one that leaves in order is no error.
            case LogEvent { Cause: { } cause } when cause.GetType().Name == "EndpointDisassociatedException":
                break;
            case LogEvent entry:
                Console.Error.WriteLine(ErrorOutput.Line(entry));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
