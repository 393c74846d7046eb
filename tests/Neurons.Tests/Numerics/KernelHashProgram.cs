namespace Nudge.Neurons.Tests.Numerics;

/// <summary>The entry of the test assembly, for the children that <see cref="SameBitsTests"/> starts.</summary>
internal static class KernelHashProgram
{
    public const string Argument = "hash-kernels";

    public static int Main(string[] arguments)
    {
        if (arguments is not [Argument])
        {
            Console.Error.WriteLine("Run the tests with `dotnet test`.");
            return 2;
        }

        Console.WriteLine(KernelHash.Compute());
        return 0;
    }
}
