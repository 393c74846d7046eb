using Nudge.Links;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Projections;
using Nudge.Stimuli;

namespace Nudge.Experiments;

/// <summary>What no single value shows: whether the settings of an experiment fit each other.</summary>
/// <param name="settings">Settings, each in its own range.</param>
/// <param name="placeOf">Where a setting stands.</param>
internal sealed class ExperimentCheck(ExperimentSettings settings, Func<string, string> placeOf)
{
    private readonly List<Problem> _errors = [];
    private readonly List<Problem> _warnings = [];

    internal IReadOnlyList<Problem> Errors => _errors;

    internal IReadOnlyList<Problem> Warnings => _warnings;

    internal void Run()
    {
        CheckRoles();
        CheckProjections();
        if (_errors.Count == 0)
            CheckReach();
        CheckData();
        CheckLink("links.activity", settings.Links.Activity);
        CheckLink("links.control", settings.Links.Control.ToLink());
        CheckLink("links.phase", settings.Links.Phase);
        CheckOverrides();
        CheckPhases();
        CheckLearning();
        if (settings.Run.Presentations % settings.Lanes != 0)
            Warn("run.presentations", $"is not a multiple of {settings.Lanes} lanes and will be rounded up");
    }

    private void CheckRoles()
    {
        foreach (PopulationRole role in new[] { PopulationRole.Input, PopulationRole.Output })
        {
            string word = SettingName.Kebab(role.ToString());
            string[] names = [.. settings.Populations.Where(pair => pair.Value.Role == role).Select(pair => pair.Key)];
            if (names.Length == 0)
                Error("populations", $"there is no {word} population; expected one with role: {word}");
            foreach (string extra in names.Skip(1))
                Error($"populations.{extra}.role", $"there is already an {word} population, {names[0]}; expected one");
        }

        foreach ((string name, PopulationSettings population) in settings.Populations)
        {
            if (name.Contains('.', StringComparison.Ordinal))
                Error($"populations.{name}", "a population's name may not hold a dot");
            if (population.Role == PopulationRole.Input && population.Activation != Activation.HardSigmoid)
                Error($"populations.{name}.activation", "an input population sends its stimulus as it is and has none");
        }
    }

    private void CheckProjections()
    {
        foreach ((string name, ProjectionSettings projection) in settings.Projections)
        {
            if (name.Contains('.', StringComparison.Ordinal))
                Error($"projections.{name}", "a projection's name may not hold a dot");
            bool known = Known(name, "from", projection.From) & Known(name, "to", projection.To);
            if (!known)
                continue;
            if (projection.From == projection.To)
                Error($"projections.{name}.to", "a projection from a population to itself is not supported");
            if (settings.Populations[projection.To].Role == PopulationRole.Input)
                Error($"projections.{name}.to", $"{projection.To} is an input population, which hears stimuli only");
            if (projection.Bidirectional && settings.Populations[projection.From].Role == PopulationRole.Input)
                Error($"projections.{name}.bidirectional", "an input population hears stimuli only; expected false");
        }

        if (settings.Projections.Count == 0)
            Error("projections", "there is no projection; expected at least one");
    }

    private bool Known(string projection, string end, string population)
    {
        if (settings.Populations.ContainsKey(population))
            return true;
        string? near = SettingName.Nearest(population, settings.Populations.Keys);
        string hint = near is null ? $"expected one of {string.Join(", ", settings.Populations.Keys)}" : $"did you mean {near}?";
        Error($"projections.{projection}.{end}", $"there is no population {population}; {hint}");
        return false;
    }

    private void CheckReach()
    {
        HashSet<string> fromInput = Reach(PopulationRole.Input, forward: true);
        HashSet<string> toOutput = Reach(PopulationRole.Output, forward: false);
        foreach (string name in settings.Populations.Keys)
        {
            if (!fromInput.Contains(name))
                Error($"populations.{name}", "no path of projections leads here from the input");
            else if (!toOutput.Contains(name))
                Error($"populations.{name}", "no path of projections leads from here to the output");
        }
    }

    private HashSet<string> Reach(PopulationRole role, bool forward)
    {
        HashSet<string> reached = [.. settings.Populations.Where(pair => pair.Value.Role == role).Select(pair => pair.Key)];
        bool grew = true;
        while (grew)
        {
            grew = false;
            foreach (ProjectionSettings projection in settings.Projections.Values)
            {
                (string from, string to) = forward ? (projection.From, projection.To) : (projection.To, projection.From);
                grew |= reached.Contains(from) && reached.Add(to);
                grew |= projection.Bidirectional && reached.Contains(to) && reached.Add(from);
            }
        }

        return reached;
    }

    private void CheckData()
    {
        if (!DataSetCatalog.Names.Contains(settings.Data.Set))
        {
            Error("data.set", $"{settings.Data.Set} is unknown; expected one of {string.Join(", ", DataSetCatalog.Names)}");
            return;
        }

        if (DataSetCatalog.ShapeOf(settings.Data.Set) is not var (inputs, classes))
            return;
        foreach ((string name, PopulationSettings population) in settings.Populations)
        {
            int wanted = population.Role switch
            {
                PopulationRole.Input => inputs,
                PopulationRole.Output => classes,
                _ => population.Size,
            };
            if (population.Size != wanted)
            {
                Error(
                    $"populations.{name}.size",
                    $"{population.Size} units do not fit data set {settings.Data.Set}; expected {wanted}");
            }
        }
    }

    private void CheckLink(string path, LinkSettings link)
    {
        if (link.Delay.Law == DelayLaw.Uniform && link.Delay.Spread > link.Delay.Mean)
            Error($"{path}.delay.spread", $"{link.Delay.Spread} would give delays below 0; expected at most the mean, {link.Delay.Mean}");
        double odds = link.Loss.Rate < 1 ? link.Loss.Rate / (1 - link.Loss.Rate) : 0;
        if (link.Loss.Law == LossLaw.GilbertElliott && odds > link.Loss.Burst)
            Error($"{path}.loss.burst", $"bursts of {link.Loss.Burst} cannot lose a share of {link.Loss.Rate}; expected at least {odds:0.###}");
        if (link.Loss.Law == LossLaw.None && link.Loss.Rate > 0)
            Error($"{path}.loss.rate", "has no effect without a law; expected law: independent or gilbert-elliott");
        if (link.Delay.Law == DelayLaw.None && link.Delay.Mean > 0)
            Error($"{path}.delay.mean", "has no effect without a law; expected law: constant, exponential, …");
        foreach ((string name, PartitionWindow window) in link.Partitions)
        {
            if (window.Until <= window.From)
                Error($"{path}.partitions.{name}.until", $"{window.Until} is not after from, {window.From}");
        }
    }

    private void CheckOverrides()
    {
        foreach ((string name, LinkSettings link) in settings.Links.Overrides)
        {
            string projection = name;
            foreach (string direction in new[] { ".forward", ".backward" })
            {
                if (name.EndsWith(direction, StringComparison.Ordinal))
                    projection = name[..^direction.Length];
            }

            bool known = settings.Projections.TryGetValue(projection, out ProjectionSettings? found);
            if (!known || (projection != name && !found!.Bidirectional))
                Error($"links.overrides.{name}", "there is no such projection or direction");
            CheckLink($"links.overrides.{name}", link);
        }
    }

    private void CheckPhases()
    {
        PhaseLengthSettings length = settings.Phases.Length;
        bool random = length.Law != PhaseLengthLaw.Fixed;
        if (random && length.Floor >= length.Mean)
            Error("phases.length.floor", $"{length.Floor} is not below the mean, {length.Mean}, which includes it");
        double delay = settings.Links.Activity.Delay.Law == DelayLaw.None ? 0 : settings.Links.Activity.Delay.Mean;
        if (length.Mean < 8 * delay)
            Warn("phases.length.mean", $"{length.Mean} τ is less than 8 mean delays of {delay} τ: phases end before they are heard of");
        if (length.Mean < 20 * settings.Time.Step)
            Warn("phases.length.mean", $"{length.Mean} τ is less than 20 steps of {settings.Time.Step} τ: phases end before they settle");
        if (settings.Phases.Order == PhaseOrder.Alternating && settings.Phases.PerStimulus % 2 == 1)
            Warn("phases.perStimulus", "is odd, so alternation shows more negative phases than positive ones");
    }

    private void CheckLearning()
    {
        LearningSettings learning = settings.Learning;
        ModelSettings model = settings.Model;
        bool isd = learning.Rule == RuleKind.Isd;
        if (!isd && settings.Phases.PerStimulus < 2)
            Error("phases.perStimulus", "1 would never teach this rule, which compares two phases of a stimulus; expected at least 2");
        if (!isd && learning.Timing == UpdateTiming.Continuous)
            Error("learning.timing", "only rule: isd learns continuously; expected phase-end");
        if (!isd && learning.Baseline != BaselineKind.None)
            Error("learning.baseline", "only rule: isd takes a baseline; expected none");
        if (model.Output == OutputDrive.Clamped && model.Negative == NegativePhase.Opposed)
            Error("model.negative", "a clamped output has no opposite; expected free, or output: nudged");
        if (model.RandomSign && (learning.Rule != RuleKind.Paired || model.Output == OutputDrive.Clamped))
            Error("model.randomSign", "needs rule: paired and output: nudged");
        if (learning.Rule == RuleKind.Paired && settings.Phases.Order == PhaseOrder.Bernoulli)
            Warn("learning.rule", "paired learns only where the drawn polarity changes; phases.order: alternating is traditional");
        if (isd && model.Output == OutputDrive.Nudged && model.Beta < 0.5)
            Warn("model.beta", $"the variance of isd grows like 1/β; at {model.Beta} it will hardly learn");
        if (learning.Rule == RuleKind.DifferentialIsd && settings.Phases.PerStimulus > 2)
            Warn("phases.perStimulus", "more than 2 phases a stimulus teach differential-isd worse");
        bool lossy = settings.Links.Control.Loss.Law != LossLaw.None && !settings.Links.Control.Retry;
        if (lossy && !learning.Gate)
            Warn("learning.gate", "without the gate a few lost control messages destroy learning");
    }

    private void Error(string path, string message) => _errors.Add(new(placeOf(path), path, message));

    private void Warn(string path, string message) => _warnings.Add(new(placeOf(path), path, message));
}
