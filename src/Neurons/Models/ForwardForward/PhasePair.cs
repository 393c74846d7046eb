using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Models.ForwardForward;

/// <summary>The first of two opposite phases of one stimulus, stored until the second has ended: what ISD does without.</summary>
internal sealed class PhasePair : IStateful
{
    private readonly int _lanes;
    private readonly float[] _post;
    private readonly float[] _biasPost;
    private readonly float[] _received;
    private readonly float[] _bothPosts;
    private readonly float[] _bothReceived;
    private PhaseTag _first;

    internal PhasePair(RuleContext context)
    {
        _lanes = context.Lanes;
        _post = new float[_lanes * context.Stride];
        _biasPost = new float[_post.Length];
        _received = new float[_lanes * context.Afferents.Sum(afferent => afferent.Projection.Source.Size)];
        _bothPosts = new float[2 * _post.Length];
        _bothReceived = new float[2 * _received.Length];
        _first = PhaseTag.Before(_lanes);
    }

    internal bool Completes(PhaseTag phase) => phase.Phase.Follows(_first.Phase) && phase.Stimulus == _first.Stimulus;

    internal void Keep(in LocalSignals here, ReadOnlySpan<float> post, ReadOnlySpan<float> biasPost)
    {
        _first = here.Phase;
        post.CopyTo(_post);
        biasPost.CopyTo(_biasPost);
        here.Synapses[0].Received.CopyTo(_received);
    }

    /// <summary>Learns from both phases at once; an optimiser sees one gradient.</summary>
    internal void Apply(in LocalSignals here, Span<float> post, Span<float> biasPost, float rate, float biasRate)
    {
        VectorKernels.Scale(_post, rate);
        VectorKernels.AddScaled(_biasPost, biasRate, biasPost);
        _post.CopyTo(_bothPosts, 0);
        post.CopyTo(_bothPosts.AsSpan(_post.Length));
        _received.CopyTo(_bothReceived, 0);
        here.Synapses[0].Received.CopyTo(_bothReceived.AsSpan(_received.Length));
        here.Synapses[0].Learn(_bothPosts, _bothReceived, 2 * _lanes);
        here.Bias.Learn(biasPost);
        _first = PhaseTag.Before(_lanes);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _first = state.Signal(1, _first, _lanes);
        state.Floats(2, _post);
        state.Floats(3, _biasPost);
        state.Floats(4, _received, "received");
    }
}
