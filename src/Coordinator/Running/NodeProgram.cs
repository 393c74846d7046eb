using System.Diagnostics;
using System.Globalization;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Plugins;
using Nudge.Stimuli;
using Nudge.Wire;

namespace Nudge.Running;

/// <summary>This program as a node.</summary>
internal static class NodeProgram
{
    /// <summary>Makes a node leave when its standard input ends: it runs as long as its parent process.</summary>
    internal const string UntilInputEnds = "--until-input-ends";

    /// <summary>How to start this program once more, as a node that joins a seed.</summary>
    /// <param name="seed">The node to join.</param>
    /// <param name="settings">How it takes part.</param>
    /// <param name="store">Where its slices save themselves, in the syntax of <c>--store</c>.</param>
    /// <param name="synapses">Weights of the network that the nodes will share, or 0 where they share none.</param>
    /// <param name="plugins">The plug-ins that its runs may name.</param>
    internal static ProcessStartInfo Start(
        HostPort seed, NodeSettings settings, string store, long synapses, IReadOnlyList<PluginSettings> plugins)
    {
        string program = Environment.ProcessPath ?? "dotnet";
        var start = new ProcessStartInfo(program);
        // Run by the dotnet host, the program is its first argument.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "nudge.dll"));
        foreach (string argument in new[]
        {
            "node", UntilInputEnds, "--host", settings.Host, "--bind", settings.BoundTo, "--port", "0",
            "--seed", seed.ToString(), "--frame", settings.FrameBytes.ToString(CultureInfo.InvariantCulture),
            "--values", ValueWords.Of(settings.Values),
            "--save-every", settings.SaveEvery.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        })
            start.ArgumentList.Add(argument);
        if (settings.Verbose)
            start.ArgumentList.Add("--verbose");
        // It serves one run of the user who has started it: how large that is is the user's own affair.
        foreach (string option in NodeBudget.Options)
        {
            start.ArgumentList.Add($"--{option}");
            start.ArgumentList.Add(int.MaxValue.ToString(CultureInfo.InvariantCulture));
        }

        foreach (string folder in plugins.Select(plugin => Path.GetDirectoryName(plugin.File)!).Distinct())
        {
            start.ArgumentList.Add("--plugins");
            start.ArgumentList.Add(folder);
        }

        if (settings.Store?.Files is { } files)
        {
            start.ArgumentList.Add("--store-files");
            start.ArgumentList.Add(files);
        }

        if (settings.Tls is { } tls)
        {
            foreach (string argument in new[] { "--tls-certificate", tls.Certificate, "--tls-authority", tls.Authority })
                start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, store);
        LargeNetworkMemory.Apply(start, synapses);
        return start;
    }

    /// <summary>How to start this program once more, as a node that makes whole runs and keeps nothing.</summary>
    /// <param name="seed">The node to join.</param>
    /// <param name="settings">How it takes part.</param>
    /// <param name="atATime">Runs at a time.</param>
    /// <param name="data">Folder of data files, or null for what the environment sets.</param>
    /// <param name="plugins">The plug-ins that its runs may name.</param>
    internal static ProcessStartInfo StartForRuns(
        HostPort seed, NodeSettings settings, int atATime, string? data, IReadOnlyList<PluginSettings> plugins)
    {
        ProcessStartInfo start = Start(seed, settings, "", synapses: 0, plugins);
        start.ArgumentList.Add("--workers");
        start.ArgumentList.Add(atATime.ToString(CultureInfo.InvariantCulture));
        if (data is not null)
            start.Environment[DataSetCatalog.FolderVariable] = data;
        return start;
    }

    /// <summary>
    /// A local node takes its settings from its run and not from the environment. What may be secret comes to it
    /// through the environment, because every user of the machine can read a command line.
    /// </summary>
    private static void SetEnvironment(ProcessStartInfo start, string store)
    {
        const string Prefix = "NUDGE_NODE_";
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment[$"{Prefix}STORE"] = store;
    }

    /// <summary>Reads the networks of experiments that coordinators send.</summary>
    /// <param name="plugins">Where the node has plug-ins.</param>
    internal static NetworkSource ReaderOf(PluginPlaces plugins) => (experiment, classes) =>
    {
        ExperimentSettings settings = Read(experiment, plugins);
        return new(settings.ToNetwork() with { Classes = classes }, settings.Rounds, settings.Engine, settings.Init is not null);
    };

    /// <summary>Reads an experiment that a coordinator sent.</summary>
    /// <exception cref="ExperimentException">It is not valid here: above all, the node does not have a plug-in of it.</exception>
    internal static ExperimentSettings Read(string experiment, PluginPlaces plugins) =>
        ExperimentFile.Parse("the coordinator's experiment", experiment, [], null, plugins).Settings;
}

/// <summary>The names on the command line of the formats of values on the wire.</summary>
internal static class ValueWords
{
    internal static IReadOnlyDictionary<string, ValueFormat> All { get; } = new Dictionary<string, ValueFormat>
    {
        ["float32"] = ValueFormat.Exact,
        ["bfloat16"] = ValueFormat.Bfloat16,
        ["float16"] = ValueFormat.Float16,
    };

    internal static string Of(ValueFormat format) => All.Single(pair => pair.Value == format).Key;
}
