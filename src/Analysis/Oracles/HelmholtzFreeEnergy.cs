using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// The free energy of a Helmholtz machine layer by layer, since each layer is recognised from the one below alone:
/// F(s) = Σ_t q(t|s) (log q(t|s) − log p(s|t) + F(t)), and −log p at the top.
/// </summary>
internal static class HelmholtzFreeEnergy
{
    /// <summary>F of each state of the lowest hidden layer.</summary>
    internal static double[] OfLowestHidden(HelmholtzParameters machine)
    {
        ExactHelmholtz.RequireSmall(ExactHelmholtz.UnitsToEnumerate(machine.Hidden));
        BinaryPrediction top = machine.Generative[^1];
        double[] prior = new double[top.Units];
        top.Fields(0UL, prior);
        double[] energies =
            [.. Enumerable.Range(0, 1 << top.Units).Select(state => -BinaryPrediction.LogProbability(prior, (ulong)state))];
        for (int layer = machine.Generative.Count - 2; layer > 0; layer--)
            energies = OfLayer(machine.Generative[layer], machine.Recognition[layer], energies);
        return energies;
    }

    /// <summary>Σ F of rows, each as often as it occurs.</summary>
    internal static double Of(HelmholtzParameters machine, (float[] Row, int Count)[] patterns, double[] above)
    {
        (BinaryPrediction generative, BinaryPrediction recognition) = (machine.Generative[0], machine.Recognition[0]);
        double[] up = new double[recognition.Units];
        double[][] recognised = [.. patterns.Select(_ => new double[above.Length])];
        double sum = 0;
        for (int pattern = 0; pattern < patterns.Length; pattern++)
        {
            recognition.Fields(patterns[pattern].Row, up);
            BinaryPrediction.Distribution(up, recognised[pattern]);
            sum -= patterns[pattern].Count * BinaryPrediction.Entropy(up);
        }

        double[] down = new double[generative.Units];
        for (int state = 0; state < above.Length; state++)
        {
            generative.Fields((ulong)state, down);
            double offset = above[state] + Logistic.SoftplusSum(down);
            for (int pattern = 0; pattern < patterns.Length; pattern++)
            {
                double energy = offset - ExactHelmholtz.Dot(down, patterns[pattern].Row);
                sum += patterns[pattern].Count * recognised[pattern][state] * energy;
            }
        }

        return sum;
    }

    private static double[] OfLayer(BinaryPrediction generative, BinaryPrediction recognition, double[] above)
    {
        double[][] down = [.. Enumerable.Range(0, above.Length).Select(_ => new double[generative.Units])];
        double[] offset = new double[above.Length];
        for (int cause = 0; cause < above.Length; cause++)
        {
            generative.Fields((ulong)cause, down[cause]);
            offset[cause] = above[cause] + Logistic.SoftplusSum(down[cause]);
        }

        double[] up = new double[recognition.Units];
        double[] recognised = new double[above.Length];
        float[] row = new float[generative.Units];
        double[] energies = new double[1 << generative.Units];
        for (int state = 0; state < energies.Length; state++)
        {
            for (int unit = 0; unit < row.Length; unit++)
                row[unit] = state >> unit & 1;
            recognition.Fields(row, up);
            BinaryPrediction.Distribution(up, recognised);
            double energy = -BinaryPrediction.Entropy(up);
            for (int cause = 0; cause < above.Length; cause++)
                energy += recognised[cause] * (offset[cause] - ExactHelmholtz.Dot(down[cause], row));
            energies[state] = energy;
        }

        return energies;
    }
}
