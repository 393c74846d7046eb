using System.Runtime.CompilerServices;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>Files of the checkout that these tests were built from.</summary>
internal static class Checkout
{
    internal static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    internal static string Deploy(string file) => PathOf("deploy", file);

    internal static string[] Lines(params string[] parts) => File.ReadAllLines(PathOf(parts));

    private static string Root([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Distributed.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the root of the checkout");
    }
}
