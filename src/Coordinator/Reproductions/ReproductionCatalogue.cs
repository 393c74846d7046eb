using Nudge.Experiments;
using Nudge.Experiments.Binding;

namespace Nudge.Reproductions;

/// <summary>All reproductions. A new one is a class with a definition, and a line here.</summary>
public static class ReproductionCatalogue
{
    /// <summary>All of them, in the order of the list that people see.</summary>
    public static IReadOnlyList<Reproduction> All { get; } =
    [
        RbmBas.Definition,
        RbmMnist.Definition,
        RbmMnistLevel.Definition,
        SbmBas.Definition,
        FfMnist.Definition,
        FfMnistLevel.Definition,
        EpMnist.Definition,
        EpMnistLevel.Definition,
        EpMnistDeep.Definition,
        ConvMnistLevel.Definition,
        VarianceOfB.Definition,
        PhaseLength.Definition,
        BiasOfB.Definition,
        BiasOfRate.Definition,
        BiasOfLength.Definition,
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="ExperimentException">There is none; the message lists those that exist.</exception>
    public static Reproduction Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (All.FirstOrDefault(one => one.Name == name) is { } found)
            return found;
        string guess = Suggestion.For(name, Names);
        string message = $"{name}: no such reproduction{guess}; expected {Words.Either(Names)}";
        throw new ExperimentException([new Problem("", "", message)]);
    }
}
