using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Oracles;

/// <summary>
/// One chain of annealed importance sampling. At share t the machine has its visible biases and t times all the rest.
/// An RBM's hidden units are summed over in the weights, which lowers their variance; coupled ones are sampled along.
/// </summary>
internal sealed class AnnealedChain
{
    private readonly BoltzmannParameters _machine;
    private readonly RandomKey _key;
    private readonly double[] _hidden;
    private readonly double[] _visible;
    private readonly double[] _field;
    private RandomBlock _block;
    private ulong _drawn;

    internal AnnealedChain(BoltzmannParameters machine, RandomKey key)
    {
        _machine = machine;
        _key = key;
        _hidden = new double[machine.Hidden];
        _visible = new double[machine.Visible];
        _field = new double[machine.Hidden];
    }

    /// <summary>The chain's log importance weight.</summary>
    internal double Run(int temperatures)
    {
        double logWeight = 0;
        SampleHidden(0);
        SampleVisible(0);
        for (int step = 0; step < temperatures; step++)
        {
            double next = (step + 1.0) / temperatures;
            SumField();
            logWeight += LogRatio((double)step / temperatures, next);
            SampleHidden(next);
            SampleVisible(next);
        }

        return logWeight;
    }

    /// <summary>How much likelier the present state is, unnormalised, at the next share than at this one.</summary>
    private double LogRatio(double share, double next)
    {
        double beta = _machine.InverseTemperature;
        double sum = 0;
        for (int i = 0; i < _field.Length; i++)
        {
            sum += _machine.Couplings is null
                ? Logistic.Softplus(next * beta * _field[i]) - Logistic.Softplus(share * beta * _field[i])
                : (next - share) * beta * _hidden[i] * (_field[i] + (Coupled(i) / 2));
        }

        return sum;
    }

    /// <summary>b + Wv.</summary>
    private void SumField()
    {
        int visible = _visible.Length;
        for (int i = 0; i < _field.Length; i++)
        {
            double sum = _machine.HiddenBias[i];
            for (int j = 0; j < visible; j++)
                sum += _machine.Weights[(i * visible) + j] * _visible[j];
            _field[i] = sum;
        }
    }

    /// <summary>Hidden units one after another; without couplings their order does not matter.</summary>
    private void SampleHidden(double share)
    {
        for (int i = 0; i < _hidden.Length; i++)
            _hidden[i] = Sample(share * (_field[i] + Coupled(i)));
    }

    private void SampleVisible(double share)
    {
        for (int j = 0; j < _visible.Length; j++)
        {
            double sum = 0;
            for (int i = 0; i < _hidden.Length; i++)
                sum += _machine.Weights[(i * _visible.Length) + j] * _hidden[i];
            _visible[j] = Sample((share * sum) + _machine.VisibleBias[j]);
        }
    }

    private double Coupled(int unit)
    {
        if (_machine.Couplings is null)
            return 0;
        double sum = 0;
        for (int k = 0; k < _hidden.Length; k++)
            sum += _machine.Couplings[(unit * _hidden.Length) + k] * _hidden[k];
        return sum;
    }

    private double Sample(double field)
    {
        int word = (int)(_drawn % 4);
        if (word == 0)
            _block = _key.Draw(_drawn / 4);
        _drawn++;
        return _block.Uniform(word) < Logistic.Sigmoid(_machine.InverseTemperature * field) ? 1 : 0;
    }
}
