using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

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
            case LogEvent entry:
                string cause = entry.Cause is null ? "" : $" ({entry.Cause.GetType().Name}: {entry.Cause.Message})";
                Console.Error.WriteLine($"{entry.LogLevel()}: {entry.Message}{cause}");
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
