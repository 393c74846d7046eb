using System.CommandLine;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Commands;

/// <summary><c>netlab down</c>: removes what labs left behind that were killed; living ones are left alone.</summary>
internal static class DownCommand
{
    internal static Command Create()
    {
        var command = new Command("down", "Remove what killed labs left behind. Labs that live are left alone.");
        command.SetAction((_, _) => LabExit.GuardAsync(() =>
        {
            Requirements.ThrowIfMissing();
            LabClaim.RemoveLeftovers();
            return Task.FromResult(LabExit.Done);
        }));
        return command;
    }
}
