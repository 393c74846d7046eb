using System.Diagnostics;

namespace Nudge.Neurons.Tests.Numerics;

/// <summary>Runs are bit-identical on any machine only if the kernels are.</summary>
public sealed class SameBitsTests
{
    // Changes only when an order of summation or a coefficient is meant to change.
    private const string Expected = "72EF7C3B0A67D93CF137E42000441C5B";

    [Fact]
    public void Kernels_make_the_bits_that_they_always_made() => Assert.Equal(Expected, KernelHash.Compute());

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Kernels_make_the_same_bits_on_lesser_processors(string instructions)
    {
        // Instructions are chosen when a process starts, so the hash is printed by a child.
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(KernelHash).Assembly.Location);
        start.ArgumentList.Add(KernelHashProgram.Argument);
        start.Environment[instructions] = "0";
        using var child = Process.Start(start)!;
        var printed = child.StandardOutput.ReadToEnd().Trim();
        Assert.True(child.WaitForExit(60_000));
        Assert.Equal(Expected, printed);
    }
}
