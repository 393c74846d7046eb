using Nudge.Actors;
using Nudge.Networks;

namespace Nudge.Simulation.Pacing;

/// <summary>The neighbours of a slice as one directory has them.</summary>
internal sealed class SimulatedNeighbours : ISliceNeighbours
{
    private readonly PacingWorld _world;
    private readonly SimulatedSlice _owner;
    private readonly SimulatedSlice?[] _targets;
    private readonly int[] _targetSlices;
    private readonly SimulatedSlice?[] _paced;
    private readonly Dictionary<int, SimulatedSlice?> _all = [];

    internal SimulatedNeighbours(PacingWorld world, SimulatedSlice owner, IReadOnlyList<SimulatedSlice?> directory)
    {
        _world = world;
        _owner = owner;
        NetworkPlan network = world.Network.Plan;
        _targetSlices = Neighbours.TargetsOf(network, owner.Plan);
        int[] paced = Neighbours.PacedOf(network, owner.Plan);
        _targets = [.. _targetSlices.Select(slice => directory[slice])];
        _paced = [.. paced.Select(slice => directory[slice])];
        foreach (int slice in _targetSlices.Concat(paced))
            _all[slice] = directory[slice];
    }

    public bool HasPaced => _paced.Length > 0;

    public object? NodeOf(int target) => _targets[target] is { } actor && actor.Process != _owner.Process ? actor.Process : null;

    public bool IsSame(int target, ISliceNeighbours before) =>
        ReferenceEquals(((SimulatedNeighbours)before)._targets[target], _targets[target]);

    public void ToTarget(int target, object message)
    {
        if (Sent(message) is not { } sent)
            return;
        if (_targets[target] is { } actor)
            _owner.Send(sent, actor);
        else
            _world.Checks.Dropped(_targetSlices[target], sent);
    }

    public void ToNode(IReadOnlyList<int> targets, object message)
    {
        if (Sent(message) is { } sent)
            _owner.Send(sent, targets.Select(target => _targets[target]));
    }

    public void ToPaced(object message)
    {
        if (Sent(message) is { } sent)
            _owner.Send(sent, _paced);
    }

    public void ToSlices(IReadOnlyCollection<int> slices, object message)
    {
        _owner.Checks.Answers += slices.Count;
        if (Sent(message) is { } sent)
            _owner.Send(sent, slices.Select(slice => _all.GetValueOrDefault(slice)));
    }

    public void ToSlice(int slice, object message)
    {
        if (_all.GetValueOrDefault(slice) is { } actor && Sent(message) is { } sent)
            _owner.Send(sent, actor);
    }

    public void ToCoordinator(object message)
    {
        if (Sent(message) is { } sent)
            _owner.Send(sent, _world.Coordinator);
    }

    private object? Sent(object message) => _owner.Ended ? null : _world.Bug.FromSlice(_owner, message);
}
