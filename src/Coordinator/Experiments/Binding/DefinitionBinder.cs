using Nudge.Catalogue;
using Nudge.Experiments.Yaml;

namespace Nudge.Experiments.Binding;

/// <content>How the settings of one definition among several are bound: first which one, then its own keys.</content>
internal sealed partial class Binder
{
    private object? Defined(Type family, YamlTree tree, string path)
    {
        ChosenByAttribute choice = DefinitionScope.ChoiceOf(family);
        IReadOnlyList<ISettingsDefinition> candidates = scope.Candidates(family);
        if (tree is not (YamlMap or YamlValue { IsNull: false }))
            return Refuse(tree, path, Choices(family));
        YamlTree? named = tree is YamlMap map ? map[choice.Key] : tree;
        if (named is null && (choice.Default is null || (choice.DefaultNeeds is { } needed && (tree as YamlMap)?[needed] is null)))
        {
            string or = choice.DefaultNeeds is null ? "" : $", or the key {choice.DefaultNeeds}";
            findings.Error(tree.Place, Join(path, choice.Key), $"missing; expected {Words.Either(Names(candidates))}{or}");
            return null;
        }

        if (named is not null)
            places.Add(Join(path, choice.Key), named.Place);
        if (Chosen(family, named, choice, candidates, tree is YamlMap ? Join(path, choice.Key) : path) is not { } definition)
            return null;
        object? settings = Own(definition, family, tree as YamlMap ?? new YamlMap(tree.Place), path, choice);
        if (settings is not null)
            scope.Enter(settings);
        return settings;
    }

    private ISettingsDefinition? Chosen(
        Type family,
        YamlTree? named,
        ChosenByAttribute choice,
        IReadOnlyList<ISettingsDefinition> candidates,
        string path)
    {
        string[] names = Names(candidates);
        if (named is null)
        {
            // A model need not have the rule that most models take.
            return candidates.FirstOrDefault(candidate => candidate.Name == choice.Default) ?? candidates[0];
        }

        if (named is not YamlValue { IsNull: false } word)
        {
            Refuse(named, path, Words.Either(names));
            return null;
        }

        (object? index, string? error) = ScalarReader.Word(word, names, i => i);
        if (error is not null)
            findings.Error(word.Place, path, Elsewhere(family, word.Text) ?? error);
        return index is int place ? candidates[place] : null;
    }

    // For a name that is known, but not here, "unknown word" would mislead.
    private string? Elsewhere(Type family, string name)
    {
        if (scope.All(family).All(definition => definition.Name != name))
            return null;
        string here = Words.Either(Names(scope.Candidates(family)));
        return $"{name} does not exist{scope.LimitOf(family)}; expected {here}";
    }

    private string Choices(Type family) =>
        $"{Words.Either(Names(scope.Candidates(family)))}, or a map with the key "
        + DefinitionScope.ChoiceOf(family).Key;

    private static string[] Names(IEnumerable<ISettingsDefinition> definitions) =>
        [.. definitions.Select(definition => definition.Name).Distinct()];

    private object? Own(ISettingsDefinition definition, Type family, YamlMap map, string path, ChosenByAttribute choice)
    {
        var shape = RecordShape.Of(definition.SettingsType);
        object record = shape.Blank();
        bool complete = true;
        foreach (YamlEntry entry in map.Entries.Where(entry => entry.Key != choice.Key))
        {
            if (shape.Find(entry.Key) is { } key)
                Assign(record, key, entry, Join(path, entry.Key));
            else
                NotOwn(definition, family, entry, path, choice);
        }

        foreach (KeyShape key in shape.Keys.Where(k => k.Required && map[k.Name] is null))
        {
            findings.Error(
                map.Place,
                Join(path, key.Name),
                $"missing; {choice.Key} {definition.Name} needs it; expected {Expected(key)}");
            complete = false;
        }

        return complete ? record : null;
    }

    private void NotOwn(
        ISettingsDefinition definition, Type family, YamlEntry entry, string path, ChosenByAttribute choice)
    {
        ISettingsDefinition[] owners =
        [
            .. scope.All(family).Where(other => RecordShape.Of(other.SettingsType).Find(entry.Key) is not null),
        ];
        if (owners.Length == 0)
        {
            Unknown(entry, path, RecordShape.Of(definition.SettingsType), choice.Key);
            return;
        }

        // Which form of the rule is meant is unknown while the model is unreadable, which is reported there.
        if (scope.IsOpen(family) && Names(owners).Contains(definition.Name))
            return;
        string at = Join(path, entry.Key);
        places.Add(at, entry.KeyPlace);
        string none = $"{definition.Name}{scope.LimitOf(family)} has no setting {entry.Key}, which belongs to ";
        if (choice.IgnoresOthers)
            findings.Warn(entry.KeyPlace, at, $"has no effect: {choice.Key} {none}{Words.Either(Names(owners))}");
        else if (owners.Any(owner => IsDefault(owner, entry)))
            findings.Warn(entry.KeyPlace, at, $"has no effect: {none}{Owners(family, owners)}");
        else
        {
            string expected = $"expected none{OrKind(family, owners, choice)}";
            findings.Error(entry.KeyPlace, at, $"{none}{Owners(family, owners)}; {expected}");
        }
    }

    // Files that earlier versions wrote in full hold the defaults of every model and rule, which ask for nothing.
    private bool IsDefault(ISettingsDefinition owner, YamlEntry entry)
    {
        var shape = RecordShape.Of(owner.SettingsType);
        KeyShape? key = shape.Find(entry.Key);
        var unreported = new Binder(new(), new(entry.Value.Place), scope);
        return key is not null
            && unreported.Bind(key.Type, entry.Value, "", key.Limits) is { } value
            && value.Equals(key.Property.GetValue(shape.Blank()));
    }

    // The form of a rule that belongs to another model has the same name; the model distinguishes them.
    private string Owners(Type family, ISettingsDefinition[] owners)
    {
        string[] here = Names(owners.Intersect(scope.Candidates(family)));
        return Words.Either(here.Length > 0 ? here : [.. scope.FullNamesOf(owners)]);
    }

    private string OrKind(Type family, ISettingsDefinition[] owners, ChosenByAttribute choice)
    {
        string[] here = Names(owners.Intersect(scope.Candidates(family)));
        return here.Length > 0 ? $", or {choice.Key}: {Words.Either(here)}" : "";
    }
}
