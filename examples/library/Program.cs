using Library;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

var examples = new Stripes();
NetworkPlan network = NetworkCompiler.Compile(
    new()
    {
        Populations =
        [
            new("input", new() { Role = PopulationRole.Input, Size = examples.InputSize }),
            new("hidden", new() { Role = PopulationRole.Hidden, Size = 16 }),
            new("class", new() { Role = PopulationRole.Output, Size = examples.Classes }),
        ],
        Projections =
        [
            new("input-hidden", new() { From = "input", To = "hidden", Rate = 0.02 }),
            new("hidden-class", new() { From = "hidden", To = "class", Bidirectional = true, Rate = 0.01 }),
        ],
        Links = new() { Activity = new() { Delay = new ExponentialDelay { Mean = 0.2 }, Loss = new IndependentLoss { Rate = 0.1 } } },
        Classes = examples.Classes,
    },
    expectedStimuli: 2000);
var schedule = new TrainingSchedule(network, new(2000, 500, examples.Count), examples, examples);
var engine = new VirtualEngine(network, schedule);
while (engine.RunPhase())
{
}

foreach (Evaluation evaluation in schedule.Evaluations)
    Console.WriteLine($"{evaluation.Presentations,5} stimuli: {evaluation.Accuracy:P0} right");
float[] weights = NetworkWeights.Of(network, engine.Slices).Weights[0];
Console.WriteLine($"{weights.Length} weights of input-hidden, event hash {engine.EventHash:x16}");
return schedule.Evaluations[^1].Accuracy > 0.9 ? 0 : 1;
