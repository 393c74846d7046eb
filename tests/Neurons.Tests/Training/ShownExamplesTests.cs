using Nudge.Networks;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Training;

public sealed class ShownExamplesTests
{
    private const int Presentations = 12;

    private static readonly VectorExamples Examples = new([[0, 1], [1, 0], [1, 1]], [0, 1, 1], 2);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void Training_shows_each_presentation_under_its_number_and_lanes_of_one_stimulus_share_it(int lanes, int lanesPerStimulus)
    {
        NetworkSettings settings = SmallNetwork.Settings(2, 3, 2) with { Lanes = lanes };
        settings = settings with { Phases = settings.Phases with { LanesPerStimulus = lanesPerStimulus } };
        NetworkPlan network = NetworkCompiler.Compile(settings, Presentations / lanes);
        var shown = new RecordingExamples(Examples);
        SmallNetwork.RunToEnd(new VirtualEngine(network, new(network, new RunPlan(Presentations, 0, 1), shown, Examples)));
        var order = new StimulusOrder(settings.Seed, Examples);
        Assert.Equal(Enumerable.Range(0, Presentations).Select(n => (long)n / lanesPerStimulus), shown.Shown.Select(one => one.Presentation));
        Assert.All(shown.Shown, one => Assert.Equal(order[one.Presentation], one.Example));
        Assert.Equal(0, shown.Plain);
    }

    private sealed class RecordingExamples(IStimulusSet inner) : IStimulusSet
    {
        internal List<(int Example, long Presentation)> Shown { get; } = [];

        internal int Plain { get; private set; }

        public int Count => inner.Count;

        public int InputSize => inner.InputSize;

        public int Classes => inner.Classes;

        public int LabelOf(int index) => inner.LabelOf(index);

        public void CopyInput(int index, Span<float> destination)
        {
            Plain++;
            inner.CopyInput(index, destination);
        }

        public void CopyShown(int index, long presentation, Span<float> destination)
        {
            Shown.Add((index, presentation));
            inner.CopyInput(index, destination);
        }
    }
}
