using System.CommandLine;
using Nudge.Commands;

ParseResult parsed = CommandLine.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(error => error.Message))
        Console.Error.WriteLine($"nudge: {message}");
    Console.Error.WriteLine("nudge --help shows what there is.");
    return ExitCode.BadInput;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Termination.Within });
