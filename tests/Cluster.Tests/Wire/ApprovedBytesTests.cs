using System.Runtime.CompilerServices;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Wire;

/// <summary>
/// The bytes of every kind of message, approved in a file beside this one. A difference means that nodes of two versions
/// no longer understand each other; NUDGE_APPROVE=1 writes the file again for a person to check.
/// </summary>
public sealed class ApprovedBytesTests
{
    [Fact]
    public void The_bytes_on_the_wire_are_the_approved_ones()
    {
        string file = Approved();
        string written = string.Concat(Lines());
        if (Environment.GetEnvironmentVariable("NUDGE_APPROVE") == "1")
            File.WriteAllText(file, written);
        Assert.Equal(File.ReadAllText(file), written);
    }

    private static IEnumerable<string> Lines()
    {
        foreach (ValueFormat format in Enum.GetValues<ValueFormat>())
        {
            foreach ((string name, object message) in SampleMessages.All.Take(format == ValueFormat.Exact ? int.MaxValue : 2))
            {
                byte[] bytes = new Codec(format).Write(message);
                yield return $"{name} as {format}, manifest {Codec.ManifestOf(message)}: {Convert.ToHexStringLower(bytes)}\n";
            }
        }
    }

    private static string Approved([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "approved-bytes.txt");
}
