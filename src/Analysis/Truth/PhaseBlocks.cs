using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>Which of a probe's phases count, and for which block of the record.</summary>
/// <param name="compares">Whether a stimulus's first phase teaches nothing, because the rule compares phases.</param>
/// <param name="warmUp">Phases that do not count, at the beginning.</param>
/// <param name="perBlock">Phases in one block.</param>
/// <param name="blocks">Number of blocks.</param>
internal sealed class PhaseBlocks(bool compares, int warmUp, long perBlock, int blocks)
{
    internal const int Uncounted = -1;
    private readonly List<int> _block = [Uncounted];
    private long _taught;
    private long _stimulus = -1;

    internal bool Complete => _taught >= warmUp + (perBlock * blocks);

    /// <summary>Enters the phase that begins.</summary>
    internal void Begin(PhaseTag phase)
    {
        bool teaches = phase.Learns && (!compares || phase.Stimulus == _stimulus);
        _stimulus = phase.Stimulus;
        while (_block.Count <= phase.Phase.Number)
            _block.Add(Uncounted);
        if (!teaches)
            return;
        long counted = _taught++ - warmUp;
        if (counted >= 0 && counted < perBlock * blocks)
            _block[(int)phase.Phase.Number] = (int)(counted / perBlock);
    }

    /// <summary>The block of a phase, or <see cref="Uncounted"/>.</summary>
    internal int BlockOf(PhaseTag phase) =>
        phase.Phase.Number < _block.Count ? _block[(int)phase.Phase.Number] : Uncounted;
}
