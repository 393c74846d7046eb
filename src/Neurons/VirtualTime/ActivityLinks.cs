using Nudge.Checkpointing;
using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>All links between slices: decides each message's fate when it is sent, and holds those under way.</summary>
internal sealed class ActivityLinks
{
    private readonly NetworkPlan _network;
    private readonly LinkPlan[] _links;
    private readonly LinkModel[] _models;
    private readonly LinkCounts[] _counts;
    private readonly int[][] _efferents;
    private readonly ulong[] _order;
    private readonly Slab<Journey> _journeys = new();

    internal ActivityLinks(NetworkPlan network)
    {
        _network = network;
        _links = [.. network.Links];
        _models =
        [
            .. network.Links.Select(link => new LinkModel(
                link.Projection.Link, new RandomKey(network.Settings.Seed, RandomPurpose.LinkFate, link.Key))),
        ];
        _counts = new LinkCounts[_models.Length];
        _efferents =
        [
            .. network.Slices.Select(slice =>
                network.Links.Where(link => link.Source == slice).Select(link => link.Index).ToArray()),
        ];
        _order =
        [
            .. network.Links.Select(link =>
                EventOrder.Of(EventKind.Activity, link.Target.Population.Index, link.Target.First)),
        ];
    }

    /// <summary>Sends one signal along every link that leaves its slice.</summary>
    internal void Send(in ActivitySignal signal, TimingWheel wheel)
    {
        signal.Frame.Hold();
        foreach (int link in _efferents[signal.Source])
        {
            ref LinkCounts counts = ref _counts[link];
            long number = counts.Sent++;
            LinkFate fate = _models[link].Decide(number, wheel.Now);
            if (fate.Lost == LossCause.Partition)
                counts.Cut++;
            else if (fate.Lost == LossCause.Loss)
                counts.Lost++;
            else
                Depart(link, number, fate, signal, wheel);
        }

        signal.Frame.Release();
    }

    /// <summary>Ends one journey at the slice that it was bound for; gives the signal's number for the record.</summary>
    internal long Arrive(int place, PopulationSlice[] slices, IEventRecorder? recorder)
    {
        (int index, ActivitySignal signal, double transit) = _journeys.Take(place);
        LinkPlan link = _links[index];
        recorder?.Activity(link, signal);
        slices[link.Target.Index].Hear(link.AfferentSlot, link.SourceSlot, signal, transit);
        signal.Frame.Release();
        return signal.Sequence;
    }

    /// <summary>The books of one link, each column from whoever saw it happen.</summary>
    internal LinkCounts Counts(int link) => _counts[link];

    /// <summary>Messages of each link that are under way, counted where they are.</summary>
    internal long[] UnderWay()
    {
        long[] underWay = new long[_models.Length];
        foreach (Journey journey in _journeys.Values())
            underWay[journey.Link]++;
        return underWay;
    }

    internal void Save(BinaryWriter writer)
    {
        for (int i = 0; i < _models.Length; i++)
        {
            _models[i].Save(writer);
            _counts[i].Save(writer);
        }

        _journeys.Save(writer, journey =>
        {
            writer.Write(journey.Link);
            writer.WriteActivity(journey.Signal);
        });
    }

    internal void Restore(BinaryReader reader)
    {
        for (int i = 0; i < _models.Length; i++)
        {
            _models[i].Restore(reader);
            _counts[i].Restore(reader);
        }

        int lanes = _network.Settings.Lanes;
        _journeys.Restore(reader, () =>
        {
            int link = reader.ReadInt32();
            return new(link, reader.ReadActivity(lanes, lanes * _links[link].Source.Count), 0);
        });
    }

    internal void SaveRecord(BinaryWriter writer)
    {
        foreach (Journey journey in _journeys.Values())
            writer.Write(journey.Transit);
    }

    internal void RestoreRecord(BinaryReader reader) =>
        _journeys.Replace(journey => journey with { Transit = reader.ReadDouble() });

    private void Depart(int link, long number, in LinkFate fate, in ActivitySignal signal, TimingWheel wheel)
    {
        // One number for each message of each link orders those that arrive at one slice at one instant.
        long ticket = (number * _models.Length) + link;
        wheel.Schedule(new(wheel.Now + fate.Delay, _order[link], ticket, Board(link, signal, fate.Delay)));
        if (!fate.Duplicated)
            return;
        _counts[link].Duplicated++;
        wheel.Schedule(new(wheel.Now + fate.DuplicateDelay, _order[link], ~ticket, Board(link, signal, fate.DuplicateDelay)));
    }

    private int Board(int link, in ActivitySignal signal, long delay)
    {
        signal.Frame.Hold();
        return _journeys.Add(new(link, signal, Ticks.ToTau(delay)));
    }

    private readonly record struct Journey(int Link, ActivitySignal Signal, double Transit);
}
