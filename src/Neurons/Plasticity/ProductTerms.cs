using Nudge.Numerics;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>
/// A weighted sum Σ_t a_t·ρ_i(t)·x_j(t) at the synapses of one projection, kept as its terms until it is learned as a whole:
/// exactly what one trace for each synapse would hold, in less memory where sources stand still. Terms whose sources are the
/// same are one.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="stride">Padded units per lane.</param>
/// <param name="sources">Number of sources.</param>
internal sealed class ProductTerms(int lanes, int stride, int sources) : IStateful
{
    private const long NoVersion = -1;
    private readonly int _posts = lanes * stride;
    private readonly int _pres = lanes * sources;
    private float[] _post = new float[lanes * stride];
    private float[] _pre = new float[lanes * sources];
    private int _terms;
    private long _version = NoVersion;

    /// <summary>Adds a·ρ⊗x.</summary>
    /// <param name="weight">a.</param>
    /// <param name="activity">ρ, lanes × stride.</param>
    /// <param name="synapses">The synapses, with what they received.</param>
    internal void Add(float weight, ReadOnlySpan<float> activity, SynapseView synapses)
    {
        if (_terms == 0 || _version != synapses.ReceivedVersion)
            Begin(synapses);
        VectorKernels.AddScaled(activity, weight, _post.AsSpan((_terms - 1) * _posts, _posts));
    }

    /// <summary>Learns the sum, times a rate, and forgets it.</summary>
    internal void Learn(SynapseView synapses, float rate)
    {
        if (_terms > 0)
        {
            Span<float> post = _post.AsSpan(0, _terms * _posts);
            VectorKernels.Scale(post, rate);
            synapses.Learn(post, _pre.AsSpan(0, _terms * _pres), _terms * lanes);
        }

        Clear();
    }

    /// <summary>Forgets the sum.</summary>
    internal void Clear() => (_terms, _version) = (0, NoVersion);

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Item(1, ref _terms);
        state.Item(2, ref _version);
        if (state.IsRestoring && (_terms < 0 || (long)_terms * Math.Max(_posts, _pres) > Array.MaxLength))
            throw state.Fault($"holds {_terms} terms, which is out of range");
        float[] post = state.NewFloats(3, Kept(_post, _posts, state), _terms * _posts, "post");
        float[] pre = state.NewFloats(4, Kept(_pre, _pres, state), _terms * _pres, "pre");
        if (state.IsRestoring)
            (_post, _pre) = (post, pre);
    }

    private ReadOnlySpan<float> Kept(float[] values, int perTerm, StateSection state) =>
        state.IsRestoring ? [] : values.AsSpan(0, _terms * perTerm);

    private void Begin(SynapseView synapses)
    {
        _terms++;
        _version = synapses.ReceivedVersion;
        if (_terms * _posts > _post.Length || _terms * _pres > _pre.Length)
        {
            Array.Resize(ref _post, 2 * _terms * _posts);
            Array.Resize(ref _pre, 2 * _terms * _pres);
        }

        _post.AsSpan((_terms - 1) * _posts, _posts).Clear();
        synapses.Received.CopyTo(_pre.AsSpan((_terms - 1) * _pres));
    }
}
