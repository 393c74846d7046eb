using Nudge.Numerics;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Populations;

/// <summary>Where the activity of a unit lies.</summary>
[Flags]
public enum ActivityPlace
{
    /// <summary>Where it answers to its input.</summary>
    Within = 0,

    /// <summary>At the activity of a unit that is silent.</summary>
    Silent = 1,

    /// <summary>At a bound of the activation, where a small change of its input changes nothing.</summary>
    AtBound = 2,
}

/// <summary>Where activities of units with an activation function lie.</summary>
internal static class ActivityPlaces
{
    private const float Flat = 0.01f;

    /// <summary>At a bound where ρ is clipped, or where its slope is below 0.01; silent at the lower bound of a rate.</summary>
    internal static ActivityPlace Of(Activation activation, float activity)
    {
        bool atBound = activation == Activation.HardSigmoid
            ? activity is <= 0 or >= 1
            : ActivationFunction.Slope(activation, activity) < Flat;
        bool silent = activation == Activation.Tanh ? activity == 0 : atBound && activity < 0.5f;
        return (atBound ? ActivityPlace.AtBound : 0) | (silent ? ActivityPlace.Silent : 0);
    }
}

/// <summary>
/// Samples of the units and weights of one slice, for finding dead and runaway networks. It looks at the slice when it is
/// asked to, costs nothing in between, and changes nothing.
/// </summary>
/// <param name="slice">The slice.</param>
public sealed class UnitSamples(PopulationSlice slice) : IStateful
{
    /// <summary>For so many samples a unit has to be dead or saturated to be counted.</summary>
    public const int Needed = 10;

    private const int MostWeights = 4096;

    private readonly float[] _activity = new float[slice.Lanes * slice.Plan.Count];
    private readonly int[] _silent = new int[slice.Plan.Count];
    private readonly int[] _atBound = new int[slice.Plan.Count];
    private readonly float[] _weights = new float[WeightsOf(slice)];
    private int _samples;

    /// <summary>Units that were at a bound at each of the last samples, and not silent at all of them.</summary>
    public int Saturated => Count(unit => _atBound[unit] >= Needed && _silent[unit] < Needed);

    /// <summary>Units that were silent at each of the last samples.</summary>
    public int Dead => Count(unit => _silent[unit] >= Needed);

    /// <summary>Squared length of the change of the weights looked at since the sample before.</summary>
    public double SquaredChange { get; private set; }

    /// <summary>Squared length of these weights.</summary>
    public double SquaredLength { get; private set; }

    /// <summary>Whether there were enough samples to judge by.</summary>
    public bool IsKnown => _samples >= Needed;

    /// <summary>Takes a sample.</summary>
    public void Take()
    {
        slice.CopyActivity(_activity);
        for (int unit = 0; unit < _silent.Length; unit++)
        {
            ActivityPlace place = PlaceOf(unit);
            _silent[unit] = place.HasFlag(ActivityPlace.Silent) ? Math.Min(_silent[unit] + 1, Needed) : 0;
            _atBound[unit] = place.HasFlag(ActivityPlace.AtBound) ? Math.Min(_atBound[unit] + 1, Needed) : 0;
        }

        CompareWeights();
        _samples = Math.Min(_samples + 1, Needed);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Integers(1, _silent);
        state.Integers(2, _atBound);
        state.Floats(3, _weights);
        state.Item(4, ref _samples);
        SquaredChange = state.Item(5, SquaredChange);
        SquaredLength = state.Item(6, SquaredLength);
    }

    private static int WeightsOf(PopulationSlice slice)
    {
        int count = 0;
        foreach (SynapseGroup synapses in slice.Synapses)
            count += Looked(synapses);
        return count;
    }

    private static int Looked(SynapseGroup synapses) => Math.Min(MostWeights, synapses.Weights.Storage.Length);

    // What all lanes have in common.
    private ActivityPlace PlaceOf(int unit)
    {
        ActivityPlace place = ActivityPlace.Silent | ActivityPlace.AtBound;
        for (int at = unit; at < _activity.Length; at += _silent.Length)
            place &= slice.PlaceOf(_activity[at]);
        return place;
    }

    private void CompareWeights()
    {
        (double change, double length) = (0, 0);
        int place = 0;
        foreach (SynapseGroup synapses in slice.Synapses)
        {
            ReadOnlySpan<float> all = synapses.Weights.Storage;
            int looked = Looked(synapses);
            for (int i = 0; i < looked; i++, place++)
            {
                float weight = all[(int)((long)i * all.Length / looked)];
                double difference = weight - _weights[place];
                change += difference * difference;
                length += (double)weight * weight;
                _weights[place] = weight;
            }
        }

        (SquaredChange, SquaredLength) = (_samples == 0 ? 0 : change, length);
    }

    private int Count(Func<int, bool> counts) => Enumerable.Range(0, _silent.Length).Count(counts);
}
