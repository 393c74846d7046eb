using System.ComponentModel;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Commands;

/// <summary>The exit codes of the program.</summary>
internal static class LabExit
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int BadInput = 2;

    /// <summary>This machine does not allow namespaces or TUN devices.</summary>
    internal const int Unavailable = 3;

    internal static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (LabUnavailableException error)
        {
            Console.Error.WriteLine($"netlab: {error.Message}");
            return Unavailable;
        }
        catch (Exception error) when (error is LabException or IOException or Win32Exception)
        {
            Console.Error.WriteLine($"netlab: {error.Message}");
            return Failed;
        }
    }
}
