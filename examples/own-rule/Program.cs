using System.Globalization;
using Nudge.Audit;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;
using OwnRule;

const int Presentations = 10_000;
var examples = new TruthTable();
var settings = new NetworkSettings
{
    Populations =
    [
        new("bits", new() { Role = PopulationRole.Input, Size = 2 }),
        new("hidden", new() { Role = PopulationRole.Hidden, Size = 32 }),
        new("class", new() { Role = PopulationRole.Output, Size = 2 }),
    ],
    Projections =
    [
        new("bits-hidden", new() { From = "bits", To = "hidden", Rate = 0.02 }),
        new("hidden-class", new() { From = "hidden", To = "class", Bidirectional = true, Rate = 0.005 }),
    ],
    Clocks = new() { Jitter = 0.2 },
    Links = new()
    {
        Activity = new() { Delay = new TwoPointDelay { Late = 1 }, Loss = new IndependentLoss { Rate = 0.1 } },
    },
    Learning = new() { Rule = new TraceIsdSettings() },
    Classes = examples.Classes,
};

NetworkPlan network = NetworkCompiler.Compile(settings, Presentations);
// At the first weights: where the task is learned, the gradient vanishes and there is nothing to compare with.
var begun = new VirtualEngine(network, new(network, new(0, 0, 0), examples, examples));
TruthFigures truth = Read(settings.Learning.Rule);
TruthFigures usual = Read(new DifferentialIsdSettings());

// Evaluations change nothing in virtual time, and four examples are few: the mean of several evaluations is reported.
var schedule = new TrainingSchedule(network, new(Presentations, 500, examples.Count), examples, examples);
// The guard refuses a rule that could reach more than its own synapses and what arrives there.
var engine = new VirtualEngine(network, schedule, RuleInspection.Guard(RuleFactory.Create));
while (engine.RunPhase())
{
}

double accuracy = schedule.Evaluations.TakeLast(10).Average(evaluation => evaluation.Accuracy);
CarriedReport carried = CarriedState.Measure(network, examples);
Print($"accuracy {accuracy:F3}");
Print($"slope {truth.Slope:F3} ± {truth.SlopeError:F3}, of differential-isd {usual.Slope:F3} ± {usual.SlopeError:F3}");
Print($"signal to noise {truth.SignalToNoise:F3}, of differential-isd {usual.SignalToNoise:F3}");
Print($"bytes carried per synapse {carried.BytesPerSynapse:F1}");
foreach (CarriedField field in carried.Fields)
    Print($"  {field.Path}: {field.Exception ?? "not declared"}");
return accuracy >= 0.9 && truth.Slope > 0.5 ? 0 : 1;

TruthFigures Read(RuleSettings rule) => TruthMeter.Read(
    NetworkCompiler.Compile(settings with { Learning = new() { Rule = rule } }, Presentations),
    NetworkWeights.Of(network, begun.Slices),
    examples,
    phases: 20_000).All;

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
