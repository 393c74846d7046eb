using System.Reflection;
using Nudge.Coordinator.Tests.Deploy;
using PublicApiGenerator;

namespace Nudge.Coordinator.Tests.Architecture;

/// <summary>
/// What other assemblies can use of the libraries is what is written in the files beside. A change of it is a change for users of the
/// packages; NUDGE_APPROVE=1 writes the files again for a person to check.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Nudge.Neurons")]
    [InlineData("Nudge.Analysis")]
    [InlineData("Nudge.Cluster")]
    public void The_public_api_of_a_package_is_the_approved_one(string package)
    {
        string api = Assembly.Load(package).GeneratePublicApi(new() { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        string file = Checkout.PathOf("tests", "Coordinator.Tests", "Architecture", "Api", $"{package}.txt");
        if (Environment.GetEnvironmentVariable("NUDGE_APPROVE") == "1")
            File.WriteAllText(file, api);

        string[] now = api.Split('\n');
        string[] approved = File.ReadAllText(file).Split('\n');
        Assert.True(
            now.SequenceEqual(approved),
            $"{Path.GetFileName(file)}: added\n  {string.Join("\n  ", now.Except(approved))}\nremoved\n  {string.Join("\n  ", approved.Except(now))}");
    }
}
