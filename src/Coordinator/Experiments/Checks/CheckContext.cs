using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Models;
using Nudge.Plasticity;

namespace Nudge.Experiments.Checks;

/// <summary>Settings under check, with the places of all of them.</summary>
internal sealed record CheckContext(ExperimentSettings Settings, PlaceMap Places, Findings Findings, DefinitionCatalogue Catalogue) : IFindings
{
    internal ModelDefinition Model => (ModelDefinition)Settings.Model.Definition;

    internal RuleDefinition Rule => Settings.Learning.Rule.Rule;

    public void Error(string path, string message) => Findings.Error(Places.Of(path), path, message);

    public void Warn(string path, string message) => Findings.Warn(Places.Of(path), path, message);

    public bool IsWritten(string path) => Places.Has(path);
}
