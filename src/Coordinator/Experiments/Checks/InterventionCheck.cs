using Nudge.Experiments.Binding;
using Nudge.Interventions;

namespace Nudge.Experiments.Checks;

/// <summary>Whether interventions have a time, and what they change exists.</summary>
internal static class InterventionCheck
{
    internal static void Run(CheckContext context)
    {
        ExperimentSettings settings = context.Settings;
        var targets = new InterventionTargets(
            [.. settings.Populations.Keys],
            [.. settings.Projections.SelectMany(one => LinkOverrideCheck.NamesOf(one.Key, one.Value))]);
        foreach ((string name, InterventionSettings one) in settings.Interventions)
        {
            string path = $"interventions.{name}";
            if (one.At is not { Given: 1 })
                context.Error($"{path}.at", "expected one of presentation, phase or tau");
            (one as ReversibleIntervention)?.CheckEnd(path, context);
            one.Check(path, targets, context);
            if (one is UndoIntervention undo && !settings.Interventions.ContainsKey(undo.Of))
            {
                string[] others = [.. settings.Interventions.Keys.Where(other => other != name)];
                string expected = others.Length == 0 ? "the name of another intervention" : Words.Either(others);
                context.Error($"{path}.of", $"unknown intervention {undo.Of}{Suggestion.For(undo.Of, others)}; expected {expected}");
            }

            if (one is UndoIntervention again && settings.Interventions.GetValueOrDefault(again.Of) is UndoIntervention)
                context.Error($"{path}.of", $"{again.Of} undoes another one, which cannot be undone; expected an intervention that changes something");
            if (one is UndoIntervention ofNode && settings.Interventions.GetValueOrDefault(ofNode.Of) is NodeIntervention)
                context.Error($"{path}.of", $"{ofNode.Of} is about a node, which cannot be undone; expected continue-node for one that stands still");
            if (one.At?.Presentation >= settings.Run.Presentations)
                context.Warn($"{path}.at.presentation", $"the run ends at {settings.Run.Presentations}: nothing is changed");
        }
    }
}
