using Nudge.Experiments.Binding;
using Nudge.Models;
using Nudge.Topology;

namespace Nudge.Experiments.Checks;

/// <summary>Whether populations and projections make a network that a stimulus can cross.</summary>
internal sealed class ProjectionCheck
{
    private readonly CheckContext _context;
    private readonly Dictionary<string, PopulationRole> _roles;
    private readonly List<(string From, string To)> _edges = [];
    private readonly ModelDefinition _model;

    private ProjectionCheck(CheckContext context)
    {
        _context = context;
        _model = context.Model;
        _roles = context.Settings.Populations.ToDictionary(p => p.Key, p => p.Value.Role);
    }

    internal static void Run(CheckContext context)
    {
        var check = new ProjectionCheck(context);
        check.Names();
        check.OneOfEach(PopulationRole.Input, "input");
        check.OneOfEach(PopulationRole.Output, "output", required: check.NeedsOutput);
        bool whole = true;
        foreach ((string name, ProjectionSettings projection) in context.Settings.Projections)
            whole &= check.Ends(name, projection);
        if (whole)
            check.Paths();
    }

    private void Names()
    {
        foreach (string name in _context.Settings.Populations.Select(p => p.Key).Where(n => n.Contains('.')))
            _context.Error($"populations.{name}", "a dot in a name; expected letters from a to z, digits, - and _");
        foreach (string name in _context.Settings.Projections.Select(p => p.Key).Where(n => n.Contains('.')))
            _context.Error($"projections.{name}", "a dot in a name; expected letters from a to z, digits, - and _");
    }

    private bool NeedsOutput => _model.NeedsOutput;

    private bool ClampsInput => !_model.InputHasState;

    private void OneOfEach(PopulationRole role, string word, bool required = true)
    {
        string[] holders = [.. _context.Settings.Populations.Where(p => p.Value.Role == role).Select(p => p.Key)];
        if (holders.Length == 0 && required)
            _context.Error("populations", $"no {word} population; expected one with role: {word}");
        foreach (string second in holders.Skip(1))
        {
            _context.Error(
                $"populations.{second}.role",
                $"a second {word} population beside {holders[0]}; expected one");
        }
    }

    private bool Ends(string name, ProjectionSettings projection)
    {
        string path = $"projections.{name}";
        if (!IsKnown($"{path}.from", projection.From) | !IsKnown($"{path}.to", projection.To))
            return false;
        bool sound = false;
        if (projection.From == projection.To && ClampsInput)
            _context.Error($"{path}.to", $"{projection.To} would receive its own activity; expected two populations");
        else if (_roles[projection.To] == PopulationRole.Input && ClampsInput)
        {
            _context.Error(
                $"{path}.to",
                $"{projection.To} is clamped to its stimulus and receives nothing; expected another population");
        }
        else if (projection.Bidirectional && _roles[projection.From] == PopulationRole.Input && ClampsInput)
        {
            _context.Error(
                $"{path}.bidirectional",
                $"{projection.From} is clamped to its stimulus and receives nothing; expected false");
        }
        else
        {
            sound = true;
        }

        Connect(path, projection.From, projection.To);
        if (projection.Bidirectional)
            Connect(path, projection.To, projection.From);
        return sound;
    }

    private bool IsKnown(string path, string population)
    {
        if (_roles.ContainsKey(population))
            return true;
        string guess = Suggestion.For(population, _roles.Keys);
        _context.Error(path, $"unknown population {population}{guess}; expected {Words.Either([.. _roles.Keys])}");
        return false;
    }

    private void Connect(string path, string from, string to)
    {
        if (from != to && _edges.Contains((from, to)))
            _context.Error(path, $"a second projection from {from} to {to}; expected one");
        _edges.Add((from, to));
    }

    private void Paths()
    {
        HashSet<string> reached = Reached(PopulationRole.Input, e => e.From, e => e.To);
        HashSet<string> leading = Reached(PopulationRole.Output, e => e.To, e => e.From);
        HashSet<string> taught = Reached(PopulationRole.Output, e => e.From, e => e.To);
        foreach ((string name, PopulationRole role) in _roles)
        {
            string path = $"populations.{name}";
            if (reached.Count > 0 && !reached.Contains(name))
                _context.Error(path, "no path of projections leads here from the input; expected one");
            else if (leading.Count > 0 && !leading.Contains(name))
                _context.Error(path, "no path of projections leads from here to the output; expected one");
            else if (NeedsOutput && taught.Count > 0 && role == PopulationRole.Hidden && !taught.Contains(name))
            {
                _context.Warn(
                    path,
                    "no path leads here from the output, so no nudge ever reaches it " +
                    "and it learns nothing: make a projection bidirectional");
            }
        }
    }

    private HashSet<string> Reached(
        PopulationRole origin, Func<(string From, string To), string> near, Func<(string From, string To), string> far)
    {
        HashSet<string> reached = [.. _roles.Where(r => r.Value == origin).Select(r => r.Key)];
        int before;
        do
        {
            before = reached.Count;
            reached.UnionWith(_edges.Where(e => reached.Contains(near(e))).Select(far).ToList());
        }
        while (reached.Count > before);
        return reached;
    }
}
