using Nudge.Commands;

StandardStreams.Prepare();
using StopSignals signals = StopSignals.Listen();
return await Guard.RunAsync(() => CommandLine.InvokeAsync(args, signals.Asked));
