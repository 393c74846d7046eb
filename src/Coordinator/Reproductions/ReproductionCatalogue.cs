using Nudge.Experiments;
using Nudge.Experiments.Binding;

namespace Nudge.Reproductions;

/// <summary>All reproductions. A new one is a class with a definition, and a line here.</summary>
public static class ReproductionCatalogue
{
    /// <summary>All of them, in the order of the list that people see.</summary>
    public static IReadOnlyList<Reproduction> All { get; } =
    [
        EpMnist.Definition,
        PhaseLength.Definition,
        // To come: rbm-bas, rbm-mnist, sbm-bas, ff-mnist, variance-of-b.
    ];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="ExperimentException">There is none; the message says which there are.</exception>
    public static Reproduction Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. All.Select(one => one.Name)];
        return All.FirstOrDefault(one => one.Name == name) ?? throw new ExperimentException(
            [new Problem("", "", $"{name}: no such reproduction{Suggestion.For(name, names)}; expected {Words.Either(names)}")]);
    }
}
