using Nudge.Catalogue;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Topology;

namespace Nudge.Models.EquilibriumPropagation;

/// <summary>Whether the waveform of the nudge, the rule and the phases go together.</summary>
internal static class NudgeCheck
{
    private static readonly string[] Polarities = ["phases.order", "phases.b"];

    internal static void Run(ModelCheck check, EquilibriumPropagationSettings settings)
    {
        RuleDefinition rule = check.Rule.Rule;
        if (settings.Nudge.Waveform != rule.Waveform)
        {
            check.Findings.Error(
                "model.nudge.waveform",
                rule.Waveform == NudgeWaveform.Constant
                    ? $"{rule.Name} compares phases, each with a nudge that stays; expected constant, or another learning.rule"
                    : $"{rule.Name} finds the contrast in the course of one phase; expected {Word(rule.Waveform)}");
        }

        foreach ((string name, ProjectionSettings projection) in check.Projections)
        {
            if (rule.NeedsWeightForEachPair && projection.Connect is not DenseConnect)
            {
                check.Findings.Error(
                    $"projections.{name}.connect", $"{rule.Name} keeps a memory at each pair of units; expected dense, or another learning.rule");
            }
        }

        if (settings.Nudge.IsConstant)
            return;
        CheckModel(check.Findings, settings);
        CheckPeriods(check, settings.Nudge);
    }

    private static void CheckModel(IFindings findings, EquilibriumPropagationSettings settings)
    {
        string waveform = Word(settings.Nudge.Waveform);
        if (settings.Output != OutputDrive.Nudged)
            findings.Error("model.output", $"only a nudge has a strength that can be {waveform}; expected nudged");
        if (settings.Negative != NegativePhase.Free)
            findings.Error("model.negative", $"phases are alike where the nudge is {waveform}; expected free");
        if (settings.RandomSign)
            findings.Error("model.randomSign", $"phases are alike where the nudge is {waveform}; expected false");
        foreach (string path in Polarities.Where(findings.IsWritten))
            findings.Warn(path, $"has no effect: phases are alike where the nudge is {waveform}");
        if (settings.Nudge.Waveform == NudgeWaveform.Sawtooth && settings.Nudge.Rise >= settings.Nudge.Period)
        {
            findings.Error(
                "model.nudge.rise", $"{settings.Nudge.Rise} leaves no time to fall; expected less than the period of {settings.Nudge.Period}");
        }

        if (settings.Nudge.Waveform == NudgeWaveform.Oscillating && settings.Beta >= 1)
        {
            findings.Warn(
                "model.beta",
                $"{settings.Beta}, and at −β the output flees its target without a bound of its own from 1 on: give it less than 1");
        }
    }

    private static void CheckPeriods(ModelCheck check, NudgeSettings nudge)
    {
        int populations = check.Populations.Values.Count(one => one.Role != PopulationRole.Input);
        double needed = nudge.End + check.Rule.ReadoutDelay(populations);
        PhaseLengthSettings length = check.Phases.Length;
        string why = $"{nudge.Periods} of {nudge.Period} τ after {nudge.Start} τ, as late as they are read, take {needed} τ";
        if (length.Law == PhaseLengthLaw.Fixed && length.Mean < needed)
        {
            check.Findings.Error(
                "phases.length.mean", $"{length.Mean} ends before the periods of the nudge do: {why}; expected at least {needed}");
        }
        else if (length.Law != PhaseLengthLaw.Fixed && length.Floor < needed)
        {
            check.Findings.Warn(
                "phases.length.floor",
                $"{length.Floor}, so that some phases cut off periods of the nudge, which then teach nothing: {why}");
        }
    }

    private static string Word(NudgeWaveform waveform) => waveform switch
    {
        NudgeWaveform.Oscillating => "oscillating",
        NudgeWaveform.Sawtooth => "sawtooth",
        _ => "constant",
    };
}
