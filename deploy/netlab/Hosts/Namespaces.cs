using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Nudge.Netlab.Devices;

namespace Nudge.Netlab.Hosts;

/// <summary>Network namespaces by their names.</summary>
internal static class Namespaces
{
    private const string Folder = "/run/netns";

    internal static string PathOf(Host host) => Path.Combine(Folder, host.Namespace);

    internal static bool Exists(Host host) => File.Exists(PathOf(host));

    internal static void Add(Host host)
    {
        try
        {
            Tool.Run("ip", "netns", "add", host.Namespace);
        }
        catch (LabException error)
        {
            throw new LabUnavailableException($"cannot make network namespaces here: {error.Message}");
        }
    }

    /// <summary>Gives a host its address, once it has its device.</summary>
    internal static void Connect(Host host)
    {
        Tool.Run("ip", "-n", host.Namespace, "link", "set", "lo", "up");
        Tool.Run("ip", "-n", host.Namespace, "addr", "add", $"{host.Address}/{Host.PrefixBits}", "dev", TunDevice.Name);
        Tool.Run("ip", "-n", host.Namespace, "link", "set", TunDevice.Name, "up");
    }

    /// <summary>The hosts of a lab that are there.</summary>
    internal static IReadOnlyList<Host> Of(string lab) => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, $"{lab}-*").Select(file => HostOf(lab, Path.GetFileName(file))).OfType<Host>()]
        : [];

    /// <summary>Ends the host's processes and removes it.</summary>
    internal static void Remove(Host host)
    {
        string ids = Tool.Run("ip", "netns", "pids", host.Namespace);
        foreach (string line in ids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            End(int.Parse(line, CultureInfo.InvariantCulture));
        Tool.Run("ip", "netns", "delete", host.Namespace);
    }

    private static Host? HostOf(string lab, string name) =>
        int.TryParse(name[(lab.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new(lab, number)
            : null;

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }
}
