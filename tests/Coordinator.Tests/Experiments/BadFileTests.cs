using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class BadFileTests
{
    [Fact]
    public void The_file_that_these_tests_damage_is_valid() =>
        Assert.Empty(SmallExperiment.Load(SmallExperiment.Text).Warnings);

    [Theory]
    [InlineData(
        "learning: {rule",
        "learning: {rul",
        "15:12: learning.rul: unknown key, did you mean rule?; expected rule, gate, tags,")]
    [InlineData("links:", "link:", "11:1: link: unknown key, did you mean links?; expected format, name, seed, plugins, data,")]
    [InlineData(
        "role: hidden",
        "role: hiden",
        "6:18: populations.hidden.role: unknown word hiden, did you mean hidden?; expected")]
    [InlineData(
        "data: {set: xor}\n",
        "",
        "1:1: data: missing; expected arm, bars-and-stripes, bars-and-stripes-32, cifar-10, digits, file, idx, mnist, random-patterns, two-moons "
            + "or xor, or a map with the key set")]
    [InlineData(
        "{role: hidden, size: 4}",
        "{role: hidden}",
        "6:11: populations.hidden.size: missing; expected a whole number from 1 to 1000000")]
    [InlineData("name: small", "name: small\nname: other", "3:1: name: duplicate key; expected each key once")]
    [InlineData("  label: {role", "  hidden: {role", "7:3: populations.hidden: duplicate key; expected each key once")]
    [InlineData(
        "size: 4",
        "size: four",
        "6:32: populations.hidden.size: found four; expected a whole number from 1 to 1000000")]
    [InlineData(
        "rate: 0.1",
        "rate: \"0.1\"",
        "14:36: links.activity.loss.rate: found \"0.1\"; expected a number from 0 to 1")]
    [InlineData(
        "size: 4",
        "size: 4.5",
        "6:32: populations.hidden.size: found 4.5; expected a whole number from 1 to 1000000")]
    [InlineData(
        "bidirectional: true",
        "bidirectional: yes",
        "10:58: projections.hidden-label.bidirectional: found yes; expected true or false")]
    [InlineData(
        "rate: 0.1",
        "rate: {value: 1}",
        "14:36: links.activity.loss.rate: found a map; expected a number from 0 to 1")]
    [InlineData(
        "data: {set: xor}",
        "data: [xor]",
        "3:7: data: found a list; expected arm, bars-and-stripes, bars-and-stripes-32, cifar-10, digits, file, idx,")]
    [InlineData(
        "learning: {rule: differential-isd}",
        "learning: isd",
        "15:11: learning: found isd; expected a map of rule, gate, tags, rateFactor, decay, batch, optimiser or weights")]
    [InlineData("name: small", "name:", "2:6: name: found nothing; expected text")]
    [InlineData(
        "rate: 0.1",
        "rate: 1.5",
        "14:36: links.activity.loss.rate: 1.5 is out of range; expected a number from 0 to 1")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, b: 0}",
        "16:29: phases.b: 0 is out of range; expected a number greater than 0 and less than 1")]
    [InlineData(
        "size: 4",
        "size: 99999999999",
        "6:32: populations.hidden.size: found 99999999999; expected a whole number from 1 to")]
    [InlineData(
        "mean: 0.5",
        "mean: 1e999",
        "13:37: links.activity.delay.mean: found 1e999; expected a number from 0 to 1000000")]
    [InlineData(
        "mean: 0.5",
        "mean: NaN",
        "13:37: links.activity.delay.mean: found NaN; expected a number from 0 to 1000000")]
    [InlineData("format: 1", "format: 2", "1:9: format: 2 is out of range; expected a whole number equal to 1")]
    [InlineData(
        "name: small",
        "name: a/b",
        "2:7: name: found a/b; expected letters from a to z, digits, dots, - and _, at most 64, and a")]
    [InlineData(
        "  hidden: {role",
        "  hid den: {role",
        "6:3: populations: bad name hid den; expected letters from a to z, digits, - and _")]
    [InlineData(
        "set: xor",
        "set: mnits",
        "3:13: data.set: unknown word mnits, did you mean mnist?; expected arm, bars-and-stripes,")]
    [InlineData(
        "name: small",
        "name: small\nseed: -1",
        "3:7: seed: found -1; expected a whole number from 0 to 18446744073709551615")]
    [InlineData(
        "name: small",
        "name: small\ngranularity: slice",
        "3:14: granularity: found slice; expected layer, neuron, {slice: n} or {channels: n}")]
    [InlineData(
        "name: small",
        "name: small\ngranularity: {slice: 0}",
        "3:22: granularity.slice: 0 is out of range; expected a whole number from 1 to")]
    [InlineData(
        "to: hidden}",
        "to: hidden, schedule: lineal}",
        "9:53: projections.input-hidden.schedule: unknown word lineal, did you mean linear?;")]
    [InlineData(
        "name: small",
        "name: small\nlanes: 5000",
        "3:8: lanes: 5000 is out of range; expected a whole number from 1 to 4096")]
    [InlineData(
        "name: small",
        "name: small\nengine: {pacing: wall-clock, tauMilliseconds: 20}",
        "3:47: engine.tauMilliseconds: 20 is out of range; expected a number from 50 to")]
    [InlineData("  activity:", "\tactivity:", "12:1: a tab; expected spaces, which alone indent YAML")]
    [InlineData("data: {set: xor}", "data: {set: xor", "3:11: not valid YAML after this; is something left open?")]
    [InlineData(
        "name: small",
        "name: small\n   seed: 3",
        "3:8: not valid YAML: while scanning a plain scalar value, found invalid mapping")]
    [InlineData(
        "data: {set",
        "data: &d {set",
        "3:7: data: an anchor, which this format has no use for; expected a plain value or")]
    [InlineData(
        "name: small",
        "name: *other",
        "2:7: name: an alias, which this format has no use for; expected a plain value or map")]
    [InlineData(
        "name: small",
        "name: !!str small",
        "2:7: name: a tag, which this format has no use for; expected a plain value or map")]
    [InlineData("learning:", "---\nlearning:", "15:1: a second document; expected one")]
    [InlineData("name: small", "name: small\n[a, b]: 3", "3:1: a key that is no word; expected the name of a setting")]
    public void A_damaged_file_is_refused_with_one_error_at_its_place(string part, string damage, string expected)
    {
        Problem problem = Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.With(part, damage)));

        Assert.StartsWith($"small.yaml:{expected}", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("just a word")]
    [InlineData("[a, list]")]
    public void Anything_but_a_map_is_refused_at_its_beginning(string text)
    {
        Problem problem = SmallExperiment.ProblemsOf(text)[0];

        Assert.Equal("small.yaml:1:1", problem.Place);
        Assert.Contains("expected a map of format, name", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_reported_together_in_the_order_of_the_file()
    {
        string text = SmallExperiment.With("size: 4", "size: 0")
            .Replace("rate: 0.1", "rate: 2", StringComparison.Ordinal)
            .Replace("name: small", "nam: small", StringComparison.Ordinal)
            .Replace("to: label", "to: lable", StringComparison.Ordinal);

        Assert.Equal(
            ["name", "nam", "populations.hidden.size", "links.activity.loss.rate"],
            SmallExperiment.ProblemsOf(text).Select(p => p.Path));
    }

    [Fact]
    public void A_slip_in_one_section_does_not_hide_a_contradiction_in_another()
    {
        string text = SmallExperiment.With("perStimulus: 2", "perStimulus: 1")
            .Replace("rate: 0.1", "rate: 2", StringComparison.Ordinal);

        Assert.Equal(
            ["links.activity.loss.rate", "phases.perStimulus"],
            SmallExperiment.ProblemsOf(text).Select(p => p.Path));
    }

    [Fact]
    public void A_tower_of_brackets_is_refused_and_does_not_exhaust_the_stack()
    {
        Problem problem = Assert.Single(SmallExperiment.ProblemsOf(new string('[', 200_000)));

        Assert.Contains("24 levels", problem.Message, StringComparison.Ordinal);
    }
}
