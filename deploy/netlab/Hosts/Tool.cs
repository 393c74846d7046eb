using System.ComponentModel;
using System.Diagnostics;

namespace Nudge.Netlab.Hosts;

/// <summary>Programs of the system that do what is asked or report why not.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; its standard output.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new LabException($"{program} {string.Join(' ', arguments)}: {error.Result.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new LabUnavailableException($"{program}: {missing.Message}");
        }
    }
}
