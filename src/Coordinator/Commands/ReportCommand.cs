using System.CommandLine;

namespace Nudge.Commands;

/// <summary><c>nudge report</c>: shows a sweep as one page.</summary>
internal static class ReportCommand
{
    internal static Command Create()
    {
        var command = new Command("report", "x");
        return command;
    }
}
