using Nudge.Actors;
using Nudge.Messages;
using Nudge.Simulation.Faults;
using Nudge.Simulation.World;
using Nudge.Supervision;

namespace Nudge.Simulation;

/// <summary>
/// What was under way from a slice that is gone makes it seem reachable again to whom it reaches, who then waits for it: so who is unreachable is
/// told again and again.
/// </summary>
public sealed class UnreachableSlicesTests
{
    [Fact]
    public void A_manager_tells_its_slices_with_each_order_who_is_unreachable()
    {
        var manager = new SliceManager(new("run", 1, "manager", [1], _ => 1, SaveEvery: null), TimeSpan.Zero);
        for (int number = 1; number <= 3; number++)
        {
            HostingOrders orders = new("run", 1, number, "supervisor", [new(0, 1)]) { Begun = true, Unreachable = number == 1 ? [] : [3] };
            int[] told =
            [
                .. manager.On(new ManagerEvent.Ordered(orders), TimeSpan.FromSeconds(number)).OfType<ManagerEffect.ToSlice>()
                    .Select(effect => effect.Message).OfType<UnreachableSlices>().SelectMany(silent => silent.Slices),
            ];
            Assert.Equal(orders.Unreachable, told);
        }
    }

    [Fact]
    public void A_supervisor_tells_the_coordinator_every_half_second_who_is_unreachable()
    {
        var told = new Told();
        var stop = new Fault(FaultKind.StopNode, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(9), 0);
        SimulatedRun.Of(new(1, 2, 2, true, [stop]), told);
        // It is taken for unreachable after some seconds, and reports again after nine.
        Assert.InRange(told.Times, 5, 25);
    }

    private sealed class Told : PlantedBug
    {
        internal int Times { get; private set; }

        internal override SupervisorEffect? SupervisorOut(CoordinatorProcess coordinator, SupervisorEffect what)
        {
            Times += what is SupervisorEffect.ToCoordinator { Message: UnreachableSlices { Slices.Count: > 0 } } ? 1 : 0;
            return what;
        }
    }
}
