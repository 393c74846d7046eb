using CsCheck;
using Nudge.Models;
using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>The modes of Gibbs sampling against plain sums over states, sweep after sweep.</summary>
public sealed class GibbsSpectrumTests
{
    [Fact]
    public void What_is_left_after_any_number_of_sweeps_is_that_of_the_chain_itself() =>
        Machines.Cases.Where(one => !one.Coupled && one is { Hidden: <= 3, Visible: <= 4 }).Sample(one =>
        {
            BoltzmannParameters machine = Machines.Random(one.Seed, one.Hidden, one.Visible, inverseTemperature: 1.3);
            IReadOnlyList<float[]> rows = [.. Machines.AllPatterns(one.Visible).Take(2)];
            var spectrum = GibbsSpectrum.Of(machine, rows);
            double[] plain = new PlainChain(machine, rows).Remaining(12);
            for (int sweeps = 1; sweeps < plain.Length; sweeps++)
                Assert.Equal(plain[sweeps], spectrum.Remaining(sweeps), 1e-8);
        }, iter: 30);

    [Fact]
    public void In_the_end_each_sweep_leaves_as_much_as_the_second_eigenvalue_says()
    {
        BoltzmannParameters machine = Machines.Random(5, 3, 4);
        IReadOnlyList<float[]> rows = [.. Machines.AllPatterns(4).Take(2)];
        double[] plain = new PlainChain(machine, rows).Remaining(20);
        Assert.Equal(plain[19] / plain[18], GibbsSpectrum.Of(machine, rows).Slowest, 1e-3);
    }

    [Fact]
    public void Eigenvalues_are_those_of_a_chain_that_mixes_and_the_slowest_comes_first()
    {
        IReadOnlyList<MixingMode> modes = GibbsSpectrum.Of(Machines.Random(9, 4, 6), [.. Machines.AllPatterns(6).Take(5)]).Modes;
        Assert.All(modes, mode => Assert.InRange(mode.Eigenvalue, 0, 1 - 1e-9));
        Assert.Equal(modes.Select(mode => mode.Eigenvalue).OrderDescending(), modes.Select(mode => mode.Eigenvalue));
    }

    [Fact]
    public void A_machine_without_weights_forgets_everything_in_a_sweep()
    {
        var spectrum = GibbsSpectrum.Of(Machines.Zero(3) with { HiddenBias = [1, 0, -1] }, [new float[16]]);
        Assert.Empty(spectrum.Modes);
        Assert.Equal(0, spectrum.Slowest);
    }

    [Fact]
    public void Machines_that_are_too_large_and_couplings_are_refused()
    {
        Assert.Throws<OracleTooLargeException>(() => GibbsSpectrum.Of(Machines.Zero(6), [new float[16]]));
        Assert.Throws<ArgumentException>(() => GibbsSpectrum.Of(Machines.Random(1, 2, 2, coupled: true), [new float[2]]));
    }

    /// <summary>The chain over visible states, by matrix products.</summary>
    private sealed class PlainChain
    {
        private readonly BoltzmannParameters _machine;
        private readonly IReadOnlyList<float[]> _rows;
        private readonly IReadOnlyList<float[]> _visible;
        private readonly IReadOnlyList<float[]> _hidden;

        internal PlainChain(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
        {
            (_machine, _rows) = (machine, rows);
            _visible = Machines.AllPatterns(machine.Visible);
            _hidden = Machines.AllPatterns(machine.Hidden);
        }

        /// <summary>(E[h v] after t sweeps − E[h v] of the machine) · ∇ / ‖∇‖², for t from 0.</summary>
        internal double[] Remaining(int most)
        {
            double[] gradient = [.. ExactBoltzmann.Gradient(_machine, _rows).Products];
            double[] model = [.. ExactBoltzmann.ModelStatistics(_machine).Products];
            double[] likely = [.. _visible.Select(state => _rows.Count(row => row.SequenceEqual(state)) / (double)_rows.Count)];
            double[] left = new double[most];
            for (int t = 0; t < most; t++)
            {
                double[] now = Products(likely);
                left[t] = _machine.InverseTemperature * now.Zip(model, (a, b) => a - b).Zip(gradient, (a, b) => a * b).Sum()
                    / gradient.Sum(value => value * value);
                likely = Sweep(likely);
            }

            return left;
        }

        private double[] Products(double[] likely)
        {
            double[] sum = new double[_machine.Weights.Length];
            for (int state = 0; state < likely.Length; state++)
            {
                for (int i = 0; i < _machine.Hidden; i++)
                {
                    for (int j = 0; j < _machine.Visible; j++)
                        sum[(i * _machine.Visible) + j] += likely[state] * HiddenOn(i, _visible[state]) * _visible[state][j];
                }
            }

            return sum;
        }

        private double[] Sweep(double[] likely)
        {
            double[] next = new double[likely.Length];
            for (int from = 0; from < likely.Length; from++)
            {
                foreach (float[] hidden in _hidden)
                {
                    double there = likely[from] * Chance(hidden, i => HiddenOn(i, _visible[from]));
                    for (int to = 0; to < likely.Length; to++)
                        next[to] += there * Chance(_visible[to], j => VisibleOn(j, hidden));
                }
            }

            return next;
        }

        private static double Chance(float[] state, Func<int, double> on) =>
            state.Select((value, i) => value == 1 ? on(i) : 1 - on(i)).Aggregate(1.0, (a, b) => a * b);

        private double HiddenOn(int i, float[] visible) => On(
            _machine.HiddenBias[i] + visible.Select((value, j) => value * _machine.Weights[(i * _machine.Visible) + j]).Sum());

        private double VisibleOn(int j, float[] hidden) => On(
            _machine.VisibleBias[j] + hidden.Select((value, i) => value * _machine.Weights[(i * _machine.Visible) + j]).Sum());

        private double On(double field) => 1 / (1 + Math.Exp(-_machine.InverseTemperature * field));
    }
}
