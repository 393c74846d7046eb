using System.CommandLine;
using Nudge.Catalogue;
using Nudge.Experiments;
using Nudge.Plugins;

namespace Nudge.Commands;

/// <summary><c>--plugin FILE</c>: definitions of an outside assembly, as if the experiment file had named it.</summary>
internal static class PluginOption
{
    internal static Option<string[]> Create() => new("--plugin")
    {
        Description = "An assembly of your own with rules, models, laws, data sets or placements that the experiment names, besides "
            + "those under plugins: in the file; may be repeated. It runs with all that you may do: use only what you trust.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The assignments that stand for the option, for <see cref="ExperimentFile.Load"/>.</summary>
    internal static IEnumerable<string> Assignments(string[]? files) =>
        (files ?? []).Select(file => Overrides.AddPlugin + Absolute(file));

    /// <summary>The catalogue with plug-ins, for commands without an experiment.</summary>
    /// <exception cref="PluginException">One of them cannot be used.</exception>
    internal static DefinitionCatalogue Catalogue(string[]? files)
    {
        PluginPlaces places = PluginPlaces.OfUser(Environment.CurrentDirectory);
        return Definitions.With(
            [.. (files ?? []).Select(file => Plugin.Load(places.FileOf(new() { File = file }), sha256: null)).Distinct()]);
    }

    // A sweep may be gone on with from another folder.
    private static string Absolute(string file) => file.Length == 0 ? file : Path.GetFullPath(file);
}
