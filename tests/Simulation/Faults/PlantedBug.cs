using Nudge.Simulation.World;
using Nudge.Supervision;

namespace Nudge.Simulation.Faults;

/// <summary>A fault of the program itself, planted at the seams of its state machines; this one changes nothing.</summary>
internal class PlantedBug
{
    /// <summary>Whether a state is reported as saved before it is.</summary>
    internal virtual bool SavesTooSoon => false;

    /// <summary>Whether journals take incarnations of an earlier coordinator.</summary>
    internal virtual bool IgnoresEpochInJournals => false;

    internal virtual void Prepare(World.World world)
    {
    }

    internal virtual SupervisorEvent? SupervisorIn(CoordinatorProcess coordinator, SupervisorEvent what) => what;

    internal virtual SupervisorEffect? SupervisorOut(CoordinatorProcess coordinator, SupervisorEffect what) => what;

    internal virtual ManagerEvent? ManagerIn(object manager, ManagerEvent what, TimeSpan now) => what;

    internal virtual ManagerEffect? ManagerOut(object manager, ManagerEffect what) => what;

    internal virtual NodeEvent? Node(NodeProcess node, NodeEvent what) => what;
}
