using System.Globalization;
using Nudge.Links;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;
using OwnModel;
using OwnModel.SoftmaxLayer;

const int Presentations = 3000;
var examples = new Glyphs();
ExampleNetwork shape = SoftmaxModel.Instance.Example(examples.InputSize, 0, examples.Classes);
var settings = new NetworkSettings
{
    Populations = shape.Populations,
    Projections = [.. shape.Projections.Select(one => KeyValuePair.Create(one.Key, one.Value with { Rate = 0.03 }))],
    Links = new()
    {
        Activity = new() { Delay = new ExponentialDelay { Mean = 0.5 }, Loss = new IndependentLoss { Rate = 0.1 } },
    },
    Model = new SoftmaxSettings { InverseTemperature = 2 },
    Classes = examples.Classes,
};

NetworkPlan network = NetworkCompiler.Compile(settings, Presentations);
var begun = new VirtualEngine(network, new(network, new(0, 0, 0), examples, examples));
TruthFigures truth = TruthMeter.Read(network, NetworkWeights.Of(network, begun.Slices), examples, phases: 20_000).All;

var schedule = new TrainingSchedule(network, new(Presentations, 0, 0), examples, examples);
var engine = new VirtualEngine(network, schedule);
while (engine.RunPhase())
{
}

double accuracy = schedule.Evaluations[^1].Accuracy;
Print($"accuracy {accuracy:F3}");
Print($"slope {truth.Slope:F3} ± {truth.SlopeError:F3}, cosine {truth.Cosine:F3}");
return accuracy >= 0.9 && Math.Abs(truth.Slope - 1) < 0.1 ? 0 : 1;

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
