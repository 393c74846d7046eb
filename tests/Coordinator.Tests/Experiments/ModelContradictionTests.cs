using Nudge.Experiments;
using Nudge.Models.ContrastiveHebbian;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>What does not go with a model is refused at its place, as other contradictions are.</summary>
public sealed class ModelContradictionTests
{
    private const string Machine = """
        format: 1
        name: machine
        data: {set: bars-and-stripes-32}
        populations:
          visible: {role: input, size: 16}
          hidden: {role: hidden, size: 6}
        projections:
          both: {from: visible, to: hidden, bidirectional: true}
          within: {from: hidden, to: hidden}
        model: {kind: boltzmann-machine}
        learning: {rule: {kind: isd, timing: continuous}}
        phases: {perStimulus: 1, length: {law: geometric, floor: 0, mean: 5}}
        lanes: 1
        granularity: layer

        """;

    private const string Layers = """
        format: 1
        name: layers
        data: {set: digits}
        populations:
          image: {role: input, size: 784}
          first: {role: hidden, size: 8}
          second: {role: hidden, size: 8}
        projections:
          up: {from: image, to: first}
          on: {from: first, to: second}
        model: {kind: forward-forward}
        learning: {rule: isd}
        phases: {perStimulus: 1}
        granularity: layer

        """;

    private const string Helmholtz = """
        format: 1
        name: helmholtz
        data: {set: bars-and-stripes-32}
        populations:
          image: {role: input, size: 16}
          lower: {role: hidden, size: 8}
          upper: {role: hidden, size: 4}
        projections:
          first: {from: image, to: lower, bidirectional: true}
          second: {from: lower, to: upper, bidirectional: true}
        model: helmholtz-machine
        learning: {rule: isd}
        phases: {perStimulus: 1}
        run: {likelihood: exact}

        """;

    [Fact]
    public void The_files_are_sound_before_they_are_damaged()
    {
        Assert.Equal("helmholtz", SmallExperiment.Load(Helmholtz).Settings.Name);
        Assert.Equal("machine", SmallExperiment.Load(Machine).Settings.Name);
        Assert.Equal("layers", SmallExperiment.Load(Layers).Settings.Name);
    }

    [Theory]
    [InlineData(
        "lanes: 1",
        "lanes: 4",
        "13:8: lanes: 4 lanes, but coupled units are sampled one after another; expected 1")]
    [InlineData(
        "granularity: layer",
        "granularity: {slice: 3}",
        "14:14: granularity: units of hidden are sampled one after another, in one slice; expected layer")]
    [InlineData(
        "granularity: layer",
        "granularity: neuron",
        "14:14: granularity: units of hidden are sampled one after another, in one slice; expected layer")]
    [InlineData(
        "to: hidden, bidirectional: true}",
        "to: hidden}",
        "8:9: projections.both.bidirectional: couplings of a Boltzmann machine go both ways; expected true")]
    [InlineData(
        "{from: hidden, to: hidden}",
        "{from: hidden, to: hidden, bidirectional: true}",
        "9:53: projections.within.bidirectional: couplings within a population are one symmetric matrix; expected false")]
    [InlineData(
        "{from: hidden, to: hidden}",
        "{from: visible, to: visible}",
        "9:31: projections.within.to: only hidden units are coupled among themselves; expected a hidden population")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}\nphases: {perStimulus: 1",
        "{rule: derivative-isd}\nphases: {perStimulus: 2",
        "11:18: learning.rule: derivative-isd does not exist for boltzmann-machine; expected differential-isd, isd or paired")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}\nphases: {perStimulus: 1",
        "{rule: {kind: continual-ep}}\nphases: {perStimulus: 2, order: alternating",
        "11:25: learning.rule.kind: continual-ep does not exist for boltzmann-machine; expected differential-isd, isd or paired")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}\nphases: {perStimulus: 1",
        "{rule: {kind: differential-isd, centring: 0.01}}\nphases: {perStimulus: 2",
        "11:43: learning.rule.centring: differential-isd for boltzmann-machine has no setting centring, which belongs to isd; "
            + "expected none, or kind: isd")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}\nphases: {perStimulus: 1",
        "{rule: {kind: paired, sparsity: {cost: 1}}}\nphases: {perStimulus: 2, order: alternating",
        "11:33: learning.rule.sparsity: paired for boltzmann-machine has no setting sparsity, which belongs to isd; "
            + "expected none, or kind: isd")]
    [InlineData(
        "timing: continuous}",
        "timing: continuous, centring: 0.01}",
        "11:60: learning.rule.centring: couplings within a population are not centred; expected 0")]
    [InlineData(
        "hidden: {role: hidden, size: 6}",
        "hidden: {role: hidden, size: 6}\n  label: {role: output, size: 2}",
        "7:17: populations.label.role: bars-and-stripes-32 has no labels; expected no output population")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}",
        "{rule: isd, optimiser: {kind: adam}}",
        "11:41: learning.optimiser.kind: adam rescales whole gradients, and isd for boltzmann-machine does not give them; "
            + "expected sgd")]
    [InlineData(
        "{rule: {kind: isd, timing: continuous}}",
        "{rule: {kind: isd, baseline: dendritic}}",
        "11:30: learning.rule.baseline: isd for boltzmann-machine has no setting baseline, which belongs to isd for ")]
    public void What_makes_no_Boltzmann_machine_is_refused(string part, string damage, string expected) =>
        AssertRefused(Machine, part, damage, expected);

    [Theory]
    [InlineData(
        "upper: {role: hidden, size: 4}",
        "upper: {role: output, size: 4}",
        "7:17: populations.upper.role: a helmholtz-machine models its input and gives no answer; expected hidden")]
    [InlineData(
        "to: upper, bidirectional: true",
        "to: upper",
        "10:11: projections.second.bidirectional: no generative synapses from upper to lower; expected true, or a projection of its own "
            + "in that direction")]
    [InlineData(
        "{from: lower, to: upper, bidirectional: true}",
        "{from: upper, to: lower}",
        "10:11: projections.second.bidirectional: no recognition synapses from lower to upper; expected true, or a projection of its own "
            + "in that direction")]
    [InlineData(
        "second: {",
        "third: {from: image, to: upper, bidirectional: true}\n  second: {",
        "11:29: projections.second.to: lower and upper are equally far from the input, so that neither recognises nor generates the other; "
            + "expected populations of neighbouring layers")]
    [InlineData(
        "second: {",
        "within: {from: lower, to: lower}\n  second: {",
        "10:29: projections.within.to: units of lower are independent given other layers; expected another population")]
    [InlineData(
        "{rule: isd}",
        "{rule: paired}",
        "12:18: learning.rule: paired does not exist for helmholtz-machine; expected isd")]
    [InlineData(
        "size: 8",
        "size: 17",
        "14:19: run.likelihood: the exact oracle would enumerate 21 units; expected at most 20, or none")]
    [InlineData(
        "likelihood: exact",
        "likelihood: annealed",
        "14:19: run.likelihood: annealing is for Boltzmann machines; expected exact or none")]
    [InlineData(
        "bars-and-stripes-32",
        "digits",
        "14:19: run.likelihood: the data have grey values, and the exact oracle needs 0 or 1; expected none, or data.binarise")]
    public void What_makes_no_Helmholtz_machine_is_refused(string part, string damage, string expected) =>
        AssertRefused(Helmholtz, part, damage, expected);

    [Fact]
    public void The_two_ways_of_a_Helmholtz_machine_may_be_projections_of_their_own() =>
        Assert.Equal(0.1, SmallExperiment.Load(Helmholtz.Replace(
            "to: upper, bidirectional: true}", "to: upper}\n  third: {from: upper, to: lower, rate: 0.1}", StringComparison.Ordinal))
            .Settings.Projections["third"].Rate);

    [Theory]
    [InlineData(
        "data: {set: digits}",
        "data: {set: bars-and-stripes-32}",
        "3:13: data.set: bars-and-stripes-32 has no labels, which forward-forward overlays; expected a set that has")]
    [InlineData(
        "data: {set: digits}",
        "data: {set: xor}",
        "3:13: data.set: the labels of xor would cover all of its 2 inputs; expected a set with more inputs than classes")]
    [InlineData(
        "second: {role: hidden, size: 8}",
        "second: {role: output, size: 10}",
        "7:18: populations.second.role: forward-forward answers by the goodness of all layers; expected hidden")]
    [InlineData(
        "on: {from: first, to: second}",
        "on: {from: first, to: second}\n  jump: {from: image, to: second}",
        "7:11: populations.second: receives from 2 populations; expected one, since a layer divides its input by its length")]
    [InlineData(
        "on: {from: first, to: second}",
        "on: {from: first, to: second, bidirectional: true}",
        "10:48: projections.on.bidirectional: layers receive from the layer below only; expected false")]
    [InlineData(
        "granularity: layer",
        "granularity: {slice: 3}",
        "14:14: granularity: the goodness of first belongs to the whole layer; expected layer")]
    [InlineData(
        "{rule: isd}\nphases: {perStimulus: 1}",
        "{rule: differential-isd}\nphases: {perStimulus: 2}",
        "12:18: learning.rule: differential-isd does not exist for forward-forward; expected isd or paired")]
    [InlineData(
        "{rule: isd}",
        "{rule: {kind: isd, timing: continuous}}",
        "12:30: learning.rule.timing: isd for forward-forward has no setting timing, which belongs to isd for "
            + "boltzmann-machine, helmholtz-machine, contrastive-hebbian, dual-propagation, equilibrium-propagation")]
    [InlineData(
        "learning: {rule: isd}",
        "learning: {gate: true}",
        "12:11: learning.rule: differential-isd, the default, does not exist for forward-forward; expected isd or paired")]
    [InlineData(
        "{rule: isd}",
        "{rule: {kind: isd, centring: 0.1}}",
        "12:30: learning.rule.centring: isd for forward-forward has no setting centring, which belongs to isd for "
            + "boltzmann-machine; expected none")]
    [InlineData(
        "{rule: isd}",
        "{rule: isd, optimiser: {kind: adam}, batch: 3}",
        "12:55: learning.batch: adam applies every update at once; expected 1")]
    [InlineData(
        "{rule: isd}",
        "{rule: isd, weights: {bits: 8, range: 3}}",
        "12:49: learning.weights.range: found 3; expected a power of two, such as 1, 2 or 4, so that rounding is exact")]
    [InlineData(
        "{rule: isd}",
        "{rule: isd, weights: {bits: 32}}",
        "12:39: learning.weights.bits: 32 is out of range; expected a whole number from 2 to 16")]
    public void What_makes_no_stack_of_layers_is_refused(string part, string damage, string expected) =>
        AssertRefused(Layers, part, damage, expected);

    [Theory]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: {kind: isd, centring: 0.1}}",
        "15:30: learning.rule.centring: isd for equilibrium-propagation has no setting centring, which belongs to isd for "
            + "boltzmann-machine; expected none")]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: {kind: isd, sparsity: {cost: 0.5}}}",
        "15:30: learning.rule.sparsity: isd for equilibrium-propagation has no setting sparsity, which belongs to isd for "
            + "boltzmann-machine; expected none")]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: isd, optimiser: {kind: adam}}",
        "15:41: learning.optimiser.kind: adam rescales whole gradients, and isd for equilibrium-propagation does not give them; "
            + "expected sgd")]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: continual-ep}",
        "phases.order: continual equilibrium propagation nudges after each free phase; expected alternating")]
    public void What_belongs_to_one_model_is_refused_in_another(string part, string damage, string expected) =>
        AssertRefused(SmallExperiment.Text, part, damage, expected);

    [Fact]
    public void A_setting_of_another_model_has_no_effect_and_is_warned_of()
    {
        LoadedExperiment loaded = SmallExperiment.Load(SmallExperiment.With(
            "name: small", "name: small\nmodel: {kind: contrastive-hebbian, output: coupled}"));

        Assert.Equal(new ContrastiveHebbianSettings(), loaded.Settings.Model);
        Assert.Equal(
            "small.yaml:3:36: model.output: has no effect: kind contrastive-hebbian has no setting output, "
                + "which belongs to equilibrium-propagation",
            Assert.Single(loaded.Warnings).ToString());
    }

    [Fact]
    public void Grey_values_in_binary_units_are_warned_of_until_they_are_binarised()
    {
        const string Damage = "data: {set: digits}";
        string grey = Machine.Replace("data: {set: bars-and-stripes-32}", Damage, StringComparison.Ordinal)
            .Replace("size: 16", "size: 784", StringComparison.Ordinal);
        Assert.Contains(SmallExperiment.Load(grey).Warnings, warning => warning.Path == "data.binarise");
        Assert.DoesNotContain(
            SmallExperiment.Load(grey, "data.binarise=0.5").Warnings, warning => warning.Path == "data.binarise");
    }

    private static void AssertRefused(string text, string part, string damage, string expected)
    {
        Assert.Contains(part, text, StringComparison.Ordinal);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        string damaged = text[..at] + damage + text[(at + part.Length)..];
        IReadOnlyList<Problem> problems = SmallExperiment.ProblemsOf(damaged);
        Assert.True(
            problems.Any(problem => problem.ToString().Contains($":{expected}", StringComparison.Ordinal)
                || problem.ToString().Contains($" {expected}", StringComparison.Ordinal)),
            $"expected {expected}\nfound {string.Join("\n      ", problems)}");
    }
}
