using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Neurons.Tests.Actors;

public sealed class SendWindowTests
{
    private readonly List<object> _sent = [];
    private readonly SendWindow _window;

    public SendWindowTests() => _window = new(_sent.Add);

    [Fact]
    public void An_open_window_sends_at_once_and_a_closed_one_keeps_the_newest()
    {
        Send(1, SendWindow.Window + 3);
        Assert.Equal(SendWindow.Window, _sent.Count);
        Assert.Equal((2, true), (_window.Conflated, _window.Waits));
        _window.Credit(1);
        Assert.Equal(SendWindow.Window + 3, Newest);
        Assert.Equal((2, false), (_window.Conflated, _window.Waits));
    }

    [Fact]
    public void A_credit_makes_good_those_that_were_lost_before_it()
    {
        Send(1, SendWindow.Window);
        _window.Credit(SendWindow.Window);
        Assert.Equal(0, _window.Uncredited);
    }

    [Fact]
    public void A_window_without_a_credit_opens_by_half_after_ever_longer_times()
    {
        long sent = 0;
        var opened = new List<int>();
        for (int beat = 0; beat < 8 * SendWindow.AnswerTimeout; beat++)
        {
            int before = _sent.Count;
            for (int i = 0; i < 2 * SendWindow.Window; i++)
                Send(++sent, 1);
            if (_sent.Count > before)
                opened.Add(beat);
            _window.KeepAlive();
        }

        Assert.Equal([0, SendWindow.AnswerTimeout, 3 * SendWindow.AnswerTimeout, 7 * SendWindow.AnswerTimeout], opened);
        Assert.Equal(SendWindow.Window + (3 * SendWindow.Window / 2), _sent.Count);
        Assert.Equal(sent, _sent.Count + _window.Conflated + (_window.Waits ? 1 : 0));
    }

    [Fact]
    public void A_credit_restores_the_patience_of_the_first_time()
    {
        Send(1, SendWindow.Window + 1);
        Pass(SendWindow.AnswerTimeout);
        _window.Credit(Newest);
        Send(SendWindow.Window + 2, SendWindow.Window + 1);
        Assert.True(_window.Waits);
        Pass(SendWindow.AnswerTimeout);
        Assert.False(_window.Waits);
    }

    [Fact]
    public void A_report_of_rest_stays_after_the_activity_and_is_dropped_with_the_next()
    {
        var first = new SliceTime(0, 1, false);
        var second = new SliceTime(0, 2, false);
        Send(1, SendWindow.Window + 1);
        _window.Send(first);
        Send(SendWindow.Window + 2, 1);
        _window.Send(second);
        Assert.Equal(SendWindow.Window, _sent.Count);
        _window.Credit(1);
        _window.Credit(2);
        Assert.Equal([SendWindow.Window + 2L], _sent[SendWindow.Window..^1].Select(NumberOf));
        Assert.Same(second, _sent[^1]);
    }

    private static ActivityMessage Message(long number) =>
        new(new(0, 0, number, PhaseTag.Before(1), PhaseNumber.None, PhaseNumber.None, ActivityFrame.Of([0])), 0, true);

    private static long NumberOf(object message) => ((ActivityMessage)message).Signal.Sequence;

    private long Newest => NumberOf(_sent[^1]);

    private void Send(long first, int count)
    {
        for (int i = 0; i < count; i++)
            _window.Send(Message(first + i));
    }

    private void Pass(int keepAlives)
    {
        for (int i = 0; i < keepAlives; i++)
            _window.KeepAlive();
    }
}
