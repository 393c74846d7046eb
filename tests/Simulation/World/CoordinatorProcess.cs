using Nudge.Actors;
using Nudge.Supervision;

namespace Nudge.Simulation.World;

/// <summary>
/// The process of a coordinator: the real state machine of its supervisor, and an engine that now and then has everything stop, counts,
/// and goes on.
/// </summary>
internal sealed class CoordinatorProcess : Process
{
    private readonly RunSupervisor _supervisor;
    private readonly Dictionary<long, Action> _requests = [];
    private long _lastRequest;
    private TimeSpan _requestedAt;

    internal CoordinatorProcess(World world, string address, bool keeps, IReadOnlyList<string> workers)
        : base(world, address)
    {
        Token = 1 + world.Processes.OfType<CoordinatorProcess>().Count();
        var run = new SupervisedRun(
            World.RunName,
            $"{address}/supervisor",
            $"{address}/coordinator",
            [.. Enumerable.Range(0, World.Slices).Select(slice => new SupervisedSlice($"slice {slice}", 100 + slice))],
            workers,
            [.. Enumerable.Range(0, World.Slices).Select(slice => slice % workers.Count)])
        {
            Experiment = "name: simulated",
            KeepsSlices = keeps,
            Token = Token,
            TokenBefore = world.Processes.OfType<CoordinatorProcess>().Where(before => before.Begun).Select(before => before.Token).DefaultIfEmpty(0).Max(),
            Balance = _ => [],
        };
        Workers = workers;
        _supervisor = new(run, world.Time.Now);
    }

    internal IReadOnlyList<string> Workers { get; }

    internal long Token { get; }

    internal RunSupervisor Supervisor => _supervisor;

    internal bool Begun { get; private set; }

    /// <summary>Why the run failed, or empty.</summary>
    internal string Failure { get; private set; } = "";

    /// <summary>Whether the engine has been told that all stands still, and has not asked to go on.</summary>
    internal bool Standing { get; private set; }

    internal bool Ending { get; private set; }

    internal bool Ended { get; private set; }

    /// <summary>How long the engine has waited for an answer.</summary>
    internal TimeSpan WaitsFor => _requests.Count == 0 ? TimeSpan.Zero : World.Time.Now - _requestedAt;

    internal void Start()
    {
        World.Trace($"{Address}: a coordinator starts");
        Tick();
        Ask(request => new SupervisorEvent.AskActors(request), () =>
        {
            Begun = true;
            World.Trace($"{Address}: all slices are up");
            StandStillNowAndThen();
        });
    }

    internal void Take(string from, object message) => Do(new SupervisorEvent.Received(from, message));

    internal void See(SupervisorEvent membership) => Do(membership);

    internal void End()
    {
        if (Ending || Ended || !Alive)
            return;
        Ending = true;
        World.Trace($"{Address}: the run is over");
        Ask(request => new SupervisorEvent.AskToEnd(request), () =>
        {
            Ended = true;
            World.Trace($"{Address}: all slices have ended");
            World.Checks.EndedInOrder(this);
        });
    }

    internal override void LearnRemoved()
    {
        World.Trace($"{Address} has been removed");
        Do(new SupervisorEvent.SelfRemoved());
    }

    private void Tick() => In(RunSupervisor.TickEvery, () =>
    {
        Do(new SupervisorEvent.Tick());
        Tick();
    });

    private void StandStillNowAndThen() => In(World.Draws.Seconds(2, 20), () =>
    {
        if (Ending || Failure.Length > 0)
            return;
        Ask(request => new SupervisorEvent.AskFreeze(request, true), () =>
        {
            Standing = true;
            World.Checks.StandsStill(this);
            Ask(request => new SupervisorEvent.AskRunCounters(request, true), () => In(World.Draws.Seconds(0, World.Draws.Chance(0.3) ? 8 : 1), () =>
            {
                Standing = false;
                Ask(request => new SupervisorEvent.AskFreeze(request, false), StandStillNowAndThen);
            }));
        });
    });

    private void Ask(Func<long, SupervisorEvent> ask, Action answered)
    {
        _requestedAt = World.Time.Now;
        _requests[++_lastRequest] = answered;
        Do(ask(_lastRequest));
    }

    private void Do(SupervisorEvent what)
    {
        if (World.Bug.SupervisorIn(this, what) is not { } planted)
            return;
        foreach (SupervisorEffect effect in _supervisor.On(planted, World.Time.Now).ToArray())
        {
            if (World.Bug.SupervisorOut(this, effect) is { } done)
                Do(done);
        }
    }

    private void Do(SupervisorEffect effect)
    {
        switch (effect)
        {
            case SupervisorEffect.ToNode to:
                World.Network.Send(Address, to.Node, process => (process as NodeProcess)?.Take(Address, to.Message));
                break;
            case SupervisorEffect.ToCoordinator { Message: Freeze freeze }:
                In(World.Draws.Seconds(0, 0.02), () => Do(new SupervisorEvent.CoordinatorFrozen(freeze.Round)));
                break;
            case SupervisorEffect.Answer answer when _requests.Remove(answer.Request, out Action? answered):
                _requestedAt = World.Time.Now;
                In(TimeSpan.Zero, answered);
                break;
            case SupervisorEffect.Moved moved:
                World.Checks.Moved(moved.Move.Slice, moved.Move.Cause);
                World.Trace($"{Address}: {moved.Move.Slice} moved from {moved.Move.From} to {moved.Move.To}: {moved.Move.Cause}");
                break;
            case SupervisorEffect.Fail fail when Failure.Length == 0:
                Failure = fail.Reason;
                World.Trace($"{Address}: the run fails: {fail.Reason}");
                World.Checks.Failed(this, fail.Reason);
                // The engine ends what it began, as a user's program does.
                In(TimeSpan.FromMilliseconds(10), End);
                break;
            default:
                break;
        }
    }
}
