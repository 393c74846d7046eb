using System.Reflection;
using System.Runtime.CompilerServices;
using Nudge.Actors;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Architecture;

/// <summary>The core stays pure: within Neurons only Actors/ names Akka, and Neurons knows none of the other projects.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void Only_the_folder_of_actors_names_Akka()
    {
        string source = Path.Combine(Root(), "src", "Neurons");
        string[] naming =
        [
            .. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !IsGenerated(file) && File.ReadAllText(file).Contains("using Akka", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(naming);
        Assert.All(naming, file => Assert.StartsWith(Path.Combine(source, "Actors"), file, StringComparison.Ordinal));
    }

    [Fact]
    public void Outside_the_actors_no_type_of_the_core_mentions_Akka()
    {
        Type[] core = [.. typeof(VirtualEngine).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Nudge.Actors", StringComparison.Ordinal) != true)];
        Assert.True(core.Length > 50);
        Assert.All(core, type => Assert.DoesNotContain(Mentioned(type), name => name.StartsWith("Akka", StringComparison.Ordinal)));
    }

    /// <summary>So that they can be simulated: tests/Simulation/Pacing.</summary>
    [Theory]
    [InlineData(typeof(SlicePacing))]
    [InlineData(typeof(PhasePacing))]
    [InlineData(typeof(ISliceNeighbours))]
    [InlineData(typeof(SliceHost))]
    [InlineData(typeof(SendWindows))]
    [InlineData(typeof(ControlSender))]
    public void The_machines_that_pace_slices_and_phases_name_no_actor(Type machine) =>
        Assert.DoesNotContain(Mentioned(machine), name => name.StartsWith("Akka", StringComparison.Ordinal));

    [Fact]
    public void Projects_depend_in_one_direction()
    {
        AssemblyName[] needed = typeof(VirtualEngine).Assembly.GetReferencedAssemblies();
        Assert.DoesNotContain(needed, name => name.Name is "Nudge.Cluster" or "nudge" or "Akka.Cluster" or "MessagePack");
    }

    private static IEnumerable<string> Mentioned(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> types = type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).SelectMany(method =>
                method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));
        return types.Append(type.BaseType ?? typeof(object)).Select(mentioned => mentioned.FullName ?? "");
    }

    private static bool IsGenerated(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
