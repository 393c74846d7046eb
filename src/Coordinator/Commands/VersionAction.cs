using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge --version</c>: what a report of a fault needs to say.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    private const int CommitDigits = 12;

    public override int Invoke(ParseResult parseResult)
    {
        string[] parts = NodeRuns.Version.Split('+');
        string commit = parts.Length > 1 ? $"commit {parts[1][..Math.Min(CommitDigits, parts[1].Length)]}" : "no commit known";
        Console.Out.WriteLine($"nudge {parts[0]}, {commit}, {BuildKind}");
        Console.Out.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {InstructionSet.Describe()}, "
            + $"{Environment.ProcessorCount} cores");
        return ExitCode.Done;
    }

#if DEBUG
    private const string BuildKind = "Debug build, which is slow";
#else
    private const string BuildKind = "Release build";
#endif
}
