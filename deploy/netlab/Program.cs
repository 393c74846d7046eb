using System.CommandLine;
using Nudge.Netlab.Commands;

ParseResult parsed = LabCommandLine.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(error => error.Message))
        Console.Error.WriteLine($"netlab: {message}");
    return LabExit.BadInput;
}

// Time to remove namespaces after a signal.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
