using Nudge.Reports;

namespace Nudge.Commands;

/// <summary>Messages for people on standard error.</summary>
internal static class Message
{
    /// <summary>Writes a line. Files and users wrote parts of it, so nothing in it may control the terminal.</summary>
    internal static void Write(string line) => Console.Error.WriteLine(VisibleText.Of(line));
}
