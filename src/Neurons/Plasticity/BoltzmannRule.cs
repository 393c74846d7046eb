using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Projections;

namespace Nudge.Plasticity;

/// <summary>
/// ISD for Boltzmann machines (Williams, Bredenberg and Lajoie 2023, §4.1; theory §2–§4): ΔW = η·g·s_i·s_j, at every step
/// in proportion to the local time, or once at the end of a phase. Centred (Montavon and Müller 2012) both ends are taken
/// relative to slow running means: the change of a population's activity that a bias could explain is left to the bias, so
/// an end is centred only where the units at the other end have biases. Running means are carried across phases.
/// </summary>
public sealed class BoltzmannRule : IPlasticityRule
{
    private const int LongAgo = 1 << 30;
    private readonly LearningSettings _learning;
    private readonly float _scale;
    private readonly float _meanLength;
    private readonly int _lanes;
    private readonly int _count;
    private readonly float[] _post;
    private readonly float[] _biasPost;
    private readonly float[]? _ownMean;
    private readonly float[]?[] _heardMeans;
    private readonly bool[] _centresOwn;
    private readonly float[]?[] _centred;
    private readonly UnitSparsity? _sparsity;
    private int _followed;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice.</param>
    public BoltzmannRule(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _learning = plan.Settings.Learning;
        _lanes = plan.Settings.Lanes;
        _scale = (float)(plan.Settings.Model.UpdateScale / _lanes);
        _meanLength = (float)plan.Settings.Phases.Length.Mean;
        _count = slice.Count;
        _post = new float[_lanes * PanelMatrix.Pad(slice.Count)];
        _biasPost = new float[_post.Length];
        ProjectionPlan[] arriving = [.. plan.Afferents(slice.Population)];
        bool centres = _learning.Centring > 0;
        bool ownBias = BiasGroup.IsPresentAt(plan, slice.Population);
        _heardMeans = [.. arriving.Select(projection => centres && ownBias ? Half(projection.Source.Size) : null)];
        _centred = [.. arriving.Select(projection => centres && ownBias ? new float[_lanes * projection.Source.Size] : null)];
        _centresOwn = [.. arriving.Select(projection => centres && BiasGroup.IsPresentAt(plan, projection.Source))];
        _ownMean = _centresOwn.Contains(true) ? Half(slice.Count) : null;
        bool sparse = _learning.Sparsity.Cost > 0 && slice.Population.Role == PopulationRole.Hidden;
        _sparsity = sparse ? new(_learning.Sparsity, slice.Count, _lanes) : null;
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        Follow(here);
        return _learning.Timing == UpdateTiming.Continuous ? Learn(here, elapsed / _meanLength) : LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) =>
        _learning.Timing == UpdateTiming.PhaseEnd ? Learn(here, 1) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_ownMean is not null)
            writer.WriteFloats(_ownMean);
        foreach (float[]? mean in _heardMeans)
        {
            if (mean is not null)
                writer.WriteFloats(mean);
        }

        writer.Write(_followed);
        _sparsity?.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (_ownMean is not null)
            reader.ReadFloats(_ownMean);
        foreach (float[]? mean in _heardMeans)
        {
            if (mean is not null)
                reader.ReadFloats(mean);
        }

        _followed = reader.ReadInt32();
        _sparsity?.Restore(reader);
    }

    private static float[] Half(int count)
    {
        float[] means = new float[count];
        Array.Fill(means, 0.5f);
        return means;
    }

    private LearningOutcome Learn(in LocalSignals here, float share)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_learning.Gate && !here.Coherent)
            return LearningOutcome.Gated;
        float biasRate = here.Bias.Rate.Next() * _scale * share;
        Weigh(here, biasRate, centred: false, _sparsity, _biasPost);
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseGroup synapses = here.Synapses[k];
            // A coupling has one value for both of its units, and a pull on each of them would tear it in two.
            UnitSparsity? sparsity = synapses.Projection.IsWithin ? null : _sparsity;
            Weigh(here, synapses.Rate.Next() * _scale * share, _centresOwn[k], sparsity, _post);
            if (_centred[k] is { } centred)
                LearnCentred(synapses, centred, _heardMeans[k]!, here.Stride);
            else
                synapses.LearnFromHeard(_post);
        }

        if (here.Bias.IsPresent)
            here.Bias.Learn(_biasPost);
        return LearningOutcome.Learned;
    }

    private void LearnCentred(SynapseGroup synapses, float[] centred, float[] mean, int stride)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            Span<float> deviation = centred.AsSpan(lane * mean.Length, mean.Length);
            VectorKernels.ScaledDifference(synapses.Heard.Slice(lane * mean.Length, mean.Length), mean, 1, deviation);
            // What the mean activity gains through the weights, the bias gives back: Δb = g·s − ΔW·mean.
            float gained = VectorKernels.Dot(deviation, mean);
            VectorKernels.AddScaled(_post.AsSpan(lane * stride, stride), -gained, _biasPost.AsSpan(lane * stride, stride));
        }

        synapses.LearnFrom(_post, centred, decays: true);
    }

    private void Weigh(in LocalSignals here, float rate, bool centred, UnitSparsity? sparsity, float[] post)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            float factor = rate * here.Phase.Importance[lane];
            int first = lane * here.Stride;
            ReadOnlySpan<float> activity = here.Activity.Slice(first, here.Stride);
            VectorKernels.Scale(activity, factor, post.AsSpan(first, here.Stride));
            if (centred)
                VectorKernels.AddScaled(_ownMean, -factor, post.AsSpan(first, _count));
            sparsity?.Pull(rate, post.AsSpan(first, _count));
        }
    }

    private void Follow(in LocalSignals here)
    {
        // Exact while young: a mean that is far off would move the biases by more than the data do.
        float renewed = Math.Max((float)_learning.Centring, 1f / (_followed + 2)) / _lanes;
        _followed = Math.Min(_followed + 1, LongAgo);
        if (_ownMean is not null)
            Follow(_ownMean, here.Activity, here.Stride, renewed);
        for (int k = 0; k < _heardMeans.Length; k++)
        {
            if (_heardMeans[k] is { } mean)
                Follow(mean, here.Synapses[k].Heard, mean.Length, renewed);
        }

        _sparsity?.Follow(here.Activity, here.Stride);
    }

    private void Follow(float[] mean, ReadOnlySpan<float> values, int stride, float renewed)
    {
        VectorKernels.Scale(mean, 1 - (renewed * _lanes));
        for (int lane = 0; lane < _lanes; lane++)
            VectorKernels.AddScaled(values.Slice(lane * stride, mean.Length), renewed, mean);
    }
}
