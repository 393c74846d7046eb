using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>
/// A Boltzmann machine summed state by state from its energy alone, as slowly and as simply as can be.
/// </summary>
internal static class PlainBoltzmann
{
    public static double LogPartition(BoltzmannParameters machine) =>
        Math.Log(States(machine).Sum(one => Math.Exp(-machine.InverseTemperature * Energy(machine, one.H, one.V))));

    public static BoltzmannStatistics Statistics(BoltzmannParameters machine)
    {
        double logPartition = LogPartition(machine);
        (int hidden, int visible) = (machine.Hidden, machine.Visible);
        double[] products = new double[hidden * visible];
        double[] h = new double[hidden];
        double[] v = new double[visible];
        double[] pairs = new double[hidden * hidden];
        foreach ((float[] hs, float[] vs) in States(machine))
        {
            double p = Math.Exp((-machine.InverseTemperature * Energy(machine, hs, vs)) - logPartition);
            for (int i = 0; i < hidden; i++)
            {
                h[i] += p * hs[i];
                for (int j = 0; j < visible; j++)
                    products[(i * visible) + j] += p * hs[i] * vs[j];
                for (int k = 0; k < hidden; k++)
                    pairs[(i * hidden) + k] += i == k ? 0 : p * hs[i] * hs[k];
            }

            for (int j = 0; j < visible; j++)
                v[j] += p * vs[j];
        }

        return new(products, h, v, machine.Couplings is null ? null : pairs);
    }

    private static IEnumerable<(float[] H, float[] V)> States(BoltzmannParameters machine) =>
        from h in Machines.AllPatterns(machine.Hidden)
        from v in Machines.AllPatterns(machine.Visible)
        select (h, v);

    private static double Energy(BoltzmannParameters machine, float[] h, float[] v)
    {
        double energy = 0;
        for (int j = 0; j < v.Length; j++)
            energy -= machine.VisibleBias[j] * v[j];
        for (int i = 0; i < h.Length; i++)
        {
            energy -= machine.HiddenBias[i] * h[i];
            for (int j = 0; j < v.Length; j++)
                energy -= h[i] * machine.Weights[(i * v.Length) + j] * v[j];
            for (int k = 0; machine.Couplings is not null && k < h.Length; k++)
                energy -= h[i] * machine.Couplings[(i * h.Length) + k] * h[k] / 2;
        }

        return energy;
    }
}
