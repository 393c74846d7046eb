using Nudge.Networks;

namespace Nudge.Interventions;

/// <summary>
/// The interventions that a run has yet to make: those of its experiment file, the partition windows of its links, and those that people
/// ask for while it runs. Any thread may ask; the engine takes what is due between two phases.
/// </summary>
public sealed class PendingInterventions
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, InterventionSettings> _scripted;
    private readonly List<InterventionSettings> _asked = [];
    private readonly HashSet<string> _doneToNodes = [];
    private List<AppliedIntervention> _applied = [];
    private List<AppliedIntervention> _repeated = [];

    /// <summary>None has been made. Partition windows of the network's links are among those that are yet to be made.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scripted">Interventions of the experiment file, by name; null for none.</param>
    public PendingInterventions(NetworkPlan network, IReadOnlyDictionary<string, InterventionSettings>? scripted = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        _scripted = [];
        foreach ((string name, InterventionSettings one) in PartitionWindows.Of(network))
            _scripted.Add(name, one);
        // A run that is repeated names its windows among its interventions, by the phases at which they took place.
        foreach ((string name, InterventionSettings one) in scripted ?? new Dictionary<string, InterventionSettings>())
            _scripted[name] = one;
    }

    /// <summary>The nodes that the run has started; null where it has started none.</summary>
    public INodeControl? Nodes { get; set; }

    /// <summary>Interventions that have taken place, the earliest first.</summary>
    public IReadOnlyList<AppliedIntervention> Applied
    {
        get
        {
            lock (_lock)
                return _applied;
        }
    }

    /// <summary>Asks for an intervention as soon as may be.</summary>
    public void Ask(InterventionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        lock (_lock)
            _asked.Add(settings with { At = null });
    }

    /// <summary>Takes what is due at a moment; it counts as applied from now on.</summary>
    internal IReadOnlyList<AppliedIntervention> TakeDue(InterventionMoment moment)
    {
        IReadOnlyList<AppliedIntervention> due = Due(moment);
        // A run that goes back behind a lost node makes the same interventions again, but loses no node again by them.
        foreach (AppliedIntervention one in due)
        {
            if (one.Settings is NodeIntervention onNode && Nodes is { } nodes && _doneToNodes.Add(one.Name))
                nodes.Do(onNode);
        }

        return due;
    }

    private List<AppliedIntervention> Due(InterventionMoment moment)
    {
        lock (_lock)
        {
            if (_asked.Count == 0 && _scripted.Count == 0 && _repeated.Count == 0 && _applied.Count == 0)
                return [];
            var due = new List<AppliedIntervention>();
            AddEnds(moment, due);
            foreach ((string name, InterventionSettings settings) in _scripted)
            {
                if (settings.At!.HasCome(moment) && !_applied.Exists(one => one.Name == name))
                    due.Add(new(_applied.Count + due.Count + 1, name, moment, Recorded(moment, settings)) { IsScripted = true });
            }

            foreach (AppliedIntervention one in _repeated.Where(one => one.Moment.Phase <= moment.Phase))
                due.Add(one with { Number = _applied.Count + due.Count + 1, Moment = moment });
            _repeated.RemoveAll(one => one.Moment.Phase <= moment.Phase);
            foreach (InterventionSettings settings in _asked)
            {
                int number = _applied.Count + due.Count + 1;
                due.Add(new(number, FreeName(number, due), moment, Recorded(moment, settings)));
            }

            _asked.Clear();
            // A new list, since others may be reading the present one.
            if (due.Count > 0)
                _applied = [.. _applied, .. due];
            return due;
        }
    }

    /// <summary>Goes on from where a run stood. What people had asked for later takes place again at the same phases.</summary>
    /// <param name="applied">What had taken place.</param>
    internal void Restore(IReadOnlyList<AppliedIntervention> applied)
    {
        lock (_lock)
        {
            _repeated = [.. _applied.Where(one => !one.IsScripted && one.Number > applied.Count), .. _repeated];
            _applied = [.. applied];
        }
    }

    // As it is recorded and repeated: a length becomes the time at which it ends.
    private static InterventionSettings Recorded(InterventionMoment moment, InterventionSettings settings) =>
        settings is ReversibleIntervention { For: { } length } lasting
            ? lasting with { At = null, For = null, Until = length.From(moment) }
            : settings with { At = null };

    // What ends by itself follows from the interventions so far, so nothing has to be kept of it.
    private void AddEnds(InterventionMoment moment, List<AppliedIntervention> due)
    {
        foreach (AppliedIntervention one in _applied)
        {
            string name = AppliedIntervention.EndOf(one.Name);
            if (one.Settings is ReversibleIntervention { Until: { } until } && until.HasCome(moment) && !one.IsUndone(_applied) && !_scripted.ContainsKey(name))
            {
                due.Add(new(_applied.Count + due.Count + 1, name, moment, new UndoIntervention { Of = one.Name })
                {
                    IsScripted = true,
                });
            }
        }
    }

    private string FreeName(int number, List<AppliedIntervention> due)
    {
        string name = $"asked-{number}";
        while (_scripted.ContainsKey(name) || _applied.Exists(one => one.Name == name) || due.Exists(one => one.Name == name))
            name += "-again";
        return name;
    }
}
