using Nudge.State;

namespace Nudge.Interventions;

/// <summary>An intervention that has taken place.</summary>
/// <param name="Number">How many came before it, from 1.</param>
/// <param name="Name">Its name in the experiment file, or one that it was given.</param>
/// <param name="Moment">When it took place.</param>
/// <param name="Settings">What it did.</param>
public sealed record AppliedIntervention(int Number, string Name, InterventionMoment Moment, InterventionSettings Settings)
{
    /// <summary>Whether it came from the experiment file.</summary>
    public bool IsScripted { get; init; }

    /// <summary>Whether it undoes another one because that one's own end has come.</summary>
    public bool IsEnd => Settings is UndoIntervention undo && Name == EndOf(undo.Of);

    /// <summary>Whether it changes something that can be changed back.</summary>
    public bool CanBeUndone => Settings is ReversibleIntervention;

    /// <summary>The name of what undoes an intervention when its end has come.</summary>
    internal static string EndOf(string name) => $"{name}-until";

    /// <summary>Whether one of some interventions undoes this one.</summary>
    public bool IsUndone(IReadOnlyList<AppliedIntervention> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return all.Any(other => other.Settings is UndoIntervention undo && undo.Of == Name && other.Number > Number);
    }

    /// <summary>The intervention that this one undoes; null where it undoes none, or one that was undone before.</summary>
    internal AppliedIntervention? Undoes(IReadOnlyList<AppliedIntervention> all)
    {
        AppliedIntervention[] before = [.. all.Where(other => other.Number < Number)];
        return Settings is UndoIntervention undo
            && Array.Find(before, other => other.Name == undo.Of) is { } undone && !undone.IsUndone(before)
                ? undone
                : null;
    }

    /// <summary>Describes a list of them.</summary>
    internal static List<AppliedIntervention> Describe(StateSection state, int tag, IReadOnlyList<AppliedIntervention> applied)
    {
        List<AppliedIntervention> all = [.. applied];
        state.VariableList(tag, "interventions", all, Describe);
        return all;
    }

    private static void Describe(StateSection state, ref AppliedIntervention one)
    {
        one ??= new(0, "", default, new RestoreLinks());
        int number = state.Item(1, one.Number);
        string name = state.Item(2, one.Name);
        var moment = new InterventionMoment(
            state.Item(3, one.Moment.Phase), state.Item(4, one.Moment.Presentations), state.Item(5, one.Moment.Tau));
        string json = state.Item(6, InterventionJson.Write(one.Settings), "settings");
        bool scripted = state.Item(7, one.IsScripted);
        one = new(number, name, moment, state.IsRestoring ? InterventionJson.Read(json) : one.Settings) { IsScripted = scripted };
    }
}
