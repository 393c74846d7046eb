using Nudge.Running;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>A run waits where its control asks it to, and nowhere else.</summary>
public sealed class RunControlTests
{
    [Fact]
    public void A_run_goes_on_unless_it_is_paused()
    {
        var control = new RunControl();
        Assert.False(control.MustWait(0, out _));
        control.Pause();
        Assert.True(control.IsPaused);
        Assert.True(control.MustWait(1, out _));
        control.Resume();
        Assert.False(control.IsPaused);
        Assert.False(control.MustWait(1, out _));
    }

    [Fact]
    public async Task A_pause_that_ends_wakes_the_run_and_one_that_does_not_lets_it_look_up()
    {
        var control = new RunControl();
        control.Pause();
        Assert.True(control.MustWait(1, out Task until));
        await until.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(control.MustWait(1, out until));
        control.Resume();
        await until.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(control.MustWait(1, out _));
    }

    [Fact]
    public void Each_step_lets_one_phase_pass()
    {
        var control = new RunControl();
        control.Step();
        Assert.True(control.IsPaused);
        Assert.False(control.MustWait(1, out _));
        Assert.True(control.MustWait(2, out _));
        control.Step();
        control.Step();
        Assert.False(control.MustWait(2, out _));
        Assert.False(control.MustWait(3, out _));
        Assert.True(control.MustWait(4, out _));
        control.Resume();
        Assert.False(control.MustWait(4, out _));
    }

    [Fact]
    public void A_run_ahead_of_its_speed_limit_waits_and_one_without_a_limit_does_not()
    {
        var control = new RunControl { SpeedLimit = 1e-3 };
        Assert.False(control.MustWait(100, out _));
        Assert.True(control.MustWait(200, out _));
        control.SpeedLimit = null;
        Assert.False(control.MustWait(300, out _));
        control.SpeedLimit = 1e15;
        Assert.False(control.MustWait(300, out _));
        Assert.False(control.MustWait(301, out _));
    }
}
