namespace Nudge.Experiments.Binding;

/// <summary>Where each setting stands, so that errors between settings have a place as well.</summary>
internal sealed class PlaceMap(Place start)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal) { [""] = start };

    internal void Add(string path, Place place) => _places[path] = place;

    internal bool Has(string path) => _places.ContainsKey(path);

    /// <summary>The place of a setting; of a default, that of the map which would hold it.</summary>
    internal Place Of(string path)
    {
        for (string at = path; ; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (_places.TryGetValue(at, out Place place))
                return place;
        }
    }
}
