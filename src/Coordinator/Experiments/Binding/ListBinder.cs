using System.Collections;
using Nudge.Experiments.Yaml;
using Nudge.Plugins;

namespace Nudge.Experiments.Binding;

/// <content>How lists of records are bound. Plug-ins are loaded at once: what follows may name what they define.</content>
internal sealed partial class Binder
{
    private object? List(Type type, YamlTree tree, string path)
    {
        Type element = ValueKinds.ElementOf(type);
        if (tree is not YamlList list)
            return Refuse(tree, path, "a list");
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        for (int i = 0; i < list.Items.Count; i++)
        {
            string at = $"{path}[{i}]";
            YamlTree item = list.Items[i];
            object? value = Bind(element, item is YamlValue { IsNull: false } word ? Written(element, word) : item, at, Limits.None);
            if (value is PluginSettings plugin)
                value = Loaded(plugin, item.Place, at);
            if (value is not null)
                items.Add(value);
        }

        return items;
    }

    private static YamlMap Written(Type element, YamlValue word)
    {
        var map = new YamlMap(word.Place);
        map.Set(new(RecordShape.Of(element).Keys[0].Name, word.Place, word));
        return map;
    }

    private PluginSettings? Loaded(PluginSettings plugin, Place place, string path)
    {
        // Without a file it is incomplete, which is reported already.
        if (plugin.File is null)
            return null;
        try
        {
            return scope.Load(plugin);
        }
        catch (PluginException error)
        {
            findings.Error(place, path, error.Message);
            return null;
        }
    }
}
