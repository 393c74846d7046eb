using System.Diagnostics.CodeAnalysis;
using Nudge.Clocks;
using Nudge.Randomness;
using Nudge.State;

namespace Nudge.Links;

/// <summary>Why a message was lost.</summary>
public enum LossCause
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>By the loss law.</summary>
    Loss,

    /// <summary>The link was cut.</summary>
    Partition,
}

/// <summary>What becomes of one message.</summary>
/// <param name="Lost">Why it was lost, if it was.</param>
/// <param name="Delay">Ticks until it arrives, at least 1.</param>
/// <param name="Duplicated">Whether a second copy arrives.</param>
/// <param name="DuplicateDelay">Ticks until the second copy arrives, at least 1.</param>
public readonly record struct LinkFate(LossCause Lost, long Delay, bool Duplicated, long DuplicateDelay);

/// <summary>
/// Decides the fate of each message of one link. The draws are keyed by the message's number, so both engines give one
/// message one fate; only bursts and first-in-first-out order carry anything from message to message.
/// </summary>
public sealed class LinkModel : IStateful
{
    // Draw 0 of a message decides loss and duplication; those after it, its delays.
    private const int DrawBits = 20;

    private readonly RandomKey _key;
    private LinkSettings _settings;
    private DelaySampler _delay;
    private LossSampler? _losses;
    private bool _delays;
    private bool _draws;
    private bool _isCut;
    private bool _restoredBurst;
    private long _lastDue;

    /// <summary>Makes the model of one link.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="key">Names its draws.</param>
    /// <exception cref="ArgumentException">A burst law cannot have the mean rate and burst length asked for.</exception>
    public LinkModel(LinkSettings settings, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _key = key;
        Use(settings);
    }

    /// <summary>Whether the link delivers every message once and at once.</summary>
    public bool IsIdeal => !_draws && !_delays && !_isCut;

    /// <summary>
    /// Treats messages otherwise from now on. Draws stay keyed by their numbers, so what becomes of a message depends on the
    /// settings that hold when it is sent and on nothing else.
    /// </summary>
    /// <param name="settings">The settings from now on.</param>
    /// <param name="isCut">Whether the link is cut from now on.</param>
    internal void Change(LinkSettings settings, bool isCut)
    {
        _isCut = isCut;
        if (ReferenceEquals(settings, _settings))
            return;
        bool inBurst = _losses?.InBurst ?? _restoredBurst;
        _restoredBurst = false;
        Use(settings);
        if (_losses is not null)
            _losses.InBurst = inBurst;
    }

    /// <summary>Decides the fate of one message. Messages must be asked for in the order in which they are sent.</summary>
    /// <param name="messageNumber">The link's own count of messages.</param>
    /// <param name="sentAt">When it is sent, in ticks.</param>
    public LinkFate Decide(long messageNumber, long sentAt)
    {
        ulong draw = (ulong)messageNumber << DrawBits;
        RandomBlock block = _draws ? _key.Draw(draw) : default;
        bool lost = _losses?.Lose(block.First) ?? false;
        if (_isCut)
            return new(LossCause.Partition, 0, false, 0);
        if (lost)
            return new(LossCause.Loss, 0, false, 0);
        long delay = Due(_delay.Sample(_key, draw + 1), sentAt);
        if (_settings.Duplicate == 0 || block.Second >= _settings.Duplicate)
            return new(LossCause.None, delay, false, 0);
        return new(LossCause.None, delay, true, Due(_delay.Sample(_key, draw + (1 << (DrawBits - 1))), sentAt));
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _lastDue);
        bool inBurst = _losses?.InBurst ?? false;
        // A state may have been saved under another law, which the link is given after it is restored.
        if (state.IsRestoring ? state.Has(2) : _losses is not null)
            inBurst = state.Item(2, inBurst);
        _restoredBurst = state.IsRestoring && inBurst;
        if (_losses is not null)
            _losses.InBurst = inBurst;
    }

    private long Due(double delay, long sentAt)
    {
        // One tick at least: what is sent now is never seen by another step of this same instant.
        long due = sentAt + Math.Max(1, Ticks.FromTau(delay));
        if (_settings.Order == LinkOrder.FirstInFirstOut)
            due = _lastDue = Math.Max(due, _lastDue);
        return due - sentAt;
    }

    [MemberNotNull(nameof(_settings), nameof(_delay))]
    private void Use(LinkSettings settings)
    {
        _settings = settings;
        _delay = settings.Delay.CreateSampler();
        _delays = settings.Delay.MeanDelay > 0;
        _losses = settings.Loss.CreateSampler();
        _draws = _losses is not null || settings.Duplicate > 0;
    }
}
