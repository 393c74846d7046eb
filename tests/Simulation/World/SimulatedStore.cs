using Nudge.Store;

namespace Nudge.Simulation.World;

/// <summary>
/// A database: rows of journals that outlive processes. A write to a place that is taken, or before the newest row, conflicts, as the
/// schema of the real one has it. It may be slow, or be away: then a write may be done though its writer is told that it failed.
/// </summary>
internal sealed class SimulatedStore(Timeline time, Draws draws)
{
    private readonly Dictionary<string, List<Row>> _journals = [];

    internal sealed record Row(long Place, IStoreEvent Event)
    {
        internal bool Deleted { get; set; }
    }

    /// <summary>Whether it answers.</summary>
    internal bool Away { get; set; }

    /// <summary>The longest that an answer takes.</summary>
    internal TimeSpan Slow { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Planted faults: whether the schema lacks its unique place, or its fence.</summary>
    internal bool LacksPlace { get; set; }

    internal bool LacksFence { get; set; }

    /// <summary>Planted faults: who prunes files takes those of later snapshots too, or that of the newest one.</summary>
    internal bool PrunesLater { get; set; }

    internal bool PrunesNewest { get; set; }

    internal IEnumerable<(string Id, IReadOnlyList<Row> Rows)> Journals => _journals.Select(pair => (pair.Key, (IReadOnlyList<Row>)pair.Value));

    /// <summary>What the newest coordinator of a run has drawn.</summary>
    internal long NewestCoordinator(string run) =>
        _journals.GetValueOrDefault(SliceJournal.IdOf(run, -1))?.Select(row => row.Event).OfType<IncarnationAllotted>().LastOrDefault()?.Token ?? 0;

    internal void Read(string id, Action<IReadOnlyList<Row>, long> read, Action failed)
    {
        time.In(Latency(), () =>
        {
            if (Away)
            {
                failed();
                return;
            }

            List<Row> rows = Of(id);
            read([.. rows.Where(row => !row.Deleted)], rows.Count == 0 ? 0 : rows.Max(row => row.Place));
        });
    }

    internal void Write(string id, long place, IStoreEvent what, Action written, Action<bool> failed)
    {
        time.In(Latency(), () =>
        {
            List<Row> rows = Of(id);
            if (Away && draws.Chance(0.6))
            {
                time.In(draws.Seconds(0, 0.5), () => failed(false));
                return;
            }

            bool taken = !LacksPlace && rows.Exists(row => row.Place == place);
            bool late = !LacksFence && rows.Exists(row => row.Place > place);
            if (taken || late)
            {
                failed(true);
                return;
            }

            rows.Add(new(place, what));
            // The answer to a write that was done gets lost with the connection.
            if (Away)
                failed(false);
            else
                written();
        });
    }

    /// <summary>Parts of snapshots that are no rows, by the slice's journal, their place and their number.</summary>
    internal SortedDictionary<(string Id, string Place, int Part), ReadOnlyMemory<byte>> Files { get; } = [];

    internal void Put(string id, string place, StateChunk part, Action put, Action failed)
    {
        time.In(Latency(), () =>
        {
            byte[] bytes = part.Bytes.ToArray();
            if (!Away)
            {
                Files[(id, place, part.Part)] = bytes;
                put();
                return;
            }

            // What its writer has given up may be done all the same, and long afterwards.
            if (draws.Chance(0.6))
                time.In(draws.Seconds(0, 5), () => Files[(id, place, part.Part)] = bytes);
            failed();
        });
    }

    internal void Get(string id, StateComplete snapshot, Action<IReadOnlyList<ReadOnlyMemory<byte>>> read, Action failed)
    {
        time.In(Latency(), () =>
        {
            if (Away)
            {
                failed();
                return;
            }

            read([.. Enumerable.Range(0, snapshot.Parts).TakeWhile(part => Files.ContainsKey((id, snapshot.Place, part))).Select(part => Files[(id, snapshot.Place, part)])]);
        });
    }

    // It may take long, and be done only after others have gone on.
    internal void Prune(string id, string newest)
    {
        time.In(Latency(), () =>
        {
            bool Goes(string place) => SnapshotPlace.IsBefore(place, newest) || (PrunesLater && place != newest) || (PrunesNewest && place == newest);
            foreach ((string, string, int) file in Files.Keys.Where(file => file.Id == id && Goes(file.Place)).ToArray())
                Files.Remove(file);
        });
    }

    internal void Delete(string id, long upTo)
    {
        foreach (Row row in Of(id).Where(row => row.Place <= upTo))
            row.Deleted = true;
    }

    private TimeSpan Latency() => TimeSpan.FromMilliseconds(1) + (Slow * draws.Uniform(0, 1));

    private List<Row> Of(string id) => _journals.TryGetValue(id, out List<Row>? rows) ? rows : _journals[id] = [];
}
