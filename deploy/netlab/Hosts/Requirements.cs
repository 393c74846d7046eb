using Nudge.Netlab.Devices;

namespace Nudge.Netlab.Hosts;

/// <summary>What a lab needs of the machine.</summary>
internal static class Requirements
{
    internal static void ThrowIfMissing()
    {
        if (!OperatingSystem.IsLinux())
            throw new LabUnavailableException("a lab needs Linux: it is made of network namespaces");
        if (!Environment.IsPrivilegedProcess)
            throw new LabUnavailableException("a lab needs root: it makes network namespaces and TUN devices");
        Tool.Run("ip", "-V");
        if (!File.Exists(TunDevice.Path))
            MakeTunNode();
    }

    private static void MakeTunNode()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(TunDevice.Path)!);
            Tool.Run("mknod", TunDevice.Path, "c", "10", "200");
        }
        catch (Exception error) when (error is LabException or IOException or UnauthorizedAccessException)
        {
            throw new LabUnavailableException($"{TunDevice.Path} is missing and cannot be made: {error.Message}");
        }
    }
}
