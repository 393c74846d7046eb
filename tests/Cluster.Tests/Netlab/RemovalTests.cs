using Nudge.Testing;

namespace Nudge.Cluster.Tests.Netlab;

/// <summary>Needs root and /dev/net/tun; skipped elsewhere.</summary>
public sealed class RemovalTests
{
    [SkippableFact]
    public async Task A_signal_removes_hosts_and_the_processes_on_them()
    {
        await using NetworkLab lab = await NetworkLab.StartAsync(new());
        using LabProcess guest = await GuestAsync(lab);
        Assert.Equal(2, Left(lab).Length);
        await lab.Process.SignalAsync("TERM");
        Assert.Equal(0, await lab.Process.EndAsync());
        Assert.NotEqual(0, await guest.EndAsync());
        Assert.Empty(Left(lab));
    }

    [SkippableFact]
    public async Task What_a_killed_lab_left_goes_when_another_starts_and_living_ones_stay()
    {
        await using NetworkLab living = await NetworkLab.StartAsync(new());
        await using NetworkLab killed = await NetworkLab.StartAsync(new());
        using LabProcess guest = await GuestAsync(killed);
        await killed.Process.SignalAsync("KILL");
        await killed.Process.EndAsync();
        Assert.Equal(2, Left(killed).Length);
        await using NetworkLab next = await NetworkLab.StartAsync(new());
        Assert.Empty(Left(killed));
        Assert.NotEqual(0, await guest.EndAsync());
        Assert.Equal(3, (await living.PingAsync(1, 2, 3)).Count);
    }

    private static async Task<LabProcess> GuestAsync(NetworkLab lab)
    {
        LabProcess guest = lab.Start(1, "sh", "-c", "echo here; exec sleep 1000");
        await guest.LineAsync("here");
        return guest;
    }

    private static string[] Left(NetworkLab lab) => Directory.GetFiles("/run/netns", $"{lab.Name}-*");
}
