using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Commands;

/// <summary><c>netlab run</c>: runs a command on a host.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        Option<string> name = LabCommandLine.Name();
        var host = new Argument<int>("host") { Description = "The number of the host." };
        var words = new Argument<string[]>("command")
        {
            Description = "What to run, after --.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("run", "Run a command on a host: netlab run 1 -- COMMAND…") { name, host, words };
        command.SetAction((parsed, _) => LabExit.GuardAsync(() => ExecuteAsync(
            new Host(parsed.GetRequiredValue(name), parsed.GetRequiredValue(host)),
            parsed.GetRequiredValue(words))));
        return command;
    }

    private static async Task<int> ExecuteAsync(Host host, string[] words)
    {
        if (!Namespaces.Exists(host))
            throw new LabException($"there is no host {host.Namespace}: netlab up makes it");
        using Process process = Process.Start("ip", ["netns", "exec", host.Namespace, .. words]);
        // The signal is the command's; this process ends with it.
        using PosixSignalRegistration terminate = Pass(PosixSignal.SIGTERM, "TERM", process);
        using PosixSignalRegistration interrupt = Pass(PosixSignal.SIGINT, "INT", process);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private static PosixSignalRegistration Pass(PosixSignal signal, string name, Process process) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            string id = process.Id.ToString(CultureInfo.InvariantCulture);
            using Process kill = Process.Start("kill", [$"-{name}", id]);
        });
}
