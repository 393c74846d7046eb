using Nudge.Numerics;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>What an output is to be for an example, in double precision.</summary>
internal static class ExactTargets
{
    /// <summary>The target values of an example, or the unit of its class on and all others off.</summary>
    internal static double[] Of(IStimulusSet examples, int example, PopulationPlan output)
    {
        if (examples.HasTargets)
        {
            float[] targets = new float[output.Size];
            examples.CopyTarget(example, targets);
            return [.. targets.Select(target => (double)target)];
        }

        (float on, float off) = ActivationFunction.Targets(output.Settings.Activation);
        int label = examples.LabelOf(example);
        return [.. Enumerable.Range(0, output.Size).Select(k => (double)(k == label ? on : off))];
    }
}
