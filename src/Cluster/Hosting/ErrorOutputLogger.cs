using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>
/// The log on standard error: standard output belongs to results. What Akka writes of itself is shown where
/// <see cref="NodeSettings.Verbose"/> asks for it.
/// </summary>
public sealed class ErrorOutputLogger : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>The setting that says whether to show what Akka writes of itself.</summary>
    internal const string VerboseSetting = "nudge-verbose";

    private readonly bool _verbose = Context.System.Settings.Config.GetBoolean(VerboseSetting, false);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            // A connection that ended: the supervisor reports a lost node, and one that leaves in order is no error.
            case LogEvent { Cause: { } cause } when !_verbose && cause.GetType().Name == "EndpointDisassociatedException":
                break;
            case LogEvent entry when _verbose || ErrorOutput.IsForUsers(entry):
                Console.Error.WriteLine(ErrorOutput.Line(entry));
                break;
            case LogEvent:
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
