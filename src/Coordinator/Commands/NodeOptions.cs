using System.CommandLine;
using System.Globalization;
using System.Net;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Running;
using Nudge.Stimuli;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Commands;

/// <summary>Settings of a process that takes part in a cluster, whatever for.</summary>
internal sealed class NodeOptions
{
    private const int LeastFrame = 32_000;
    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 86_400;
    private static readonly NodeSettings Defaults = new();

    internal Option<string?> File { get; } = new("--settings")
    {
        Description = "A YAML file with any of these settings, named as the options without dashes. An option comes first, "
            + "then the variable in brackets, then the file, then the default.",
    };

    internal NodeSetting<string?> Host { get; } = Text(
        "host", "The name or address by which other nodes find this one. Default: this machine only.");

    internal NodeSetting<string?> Bind { get; } = Text(
        "bind", "The address to listen on where it is not --host, as in a container: 0.0.0.0 for all. Default: --host.");

    internal NodeSetting<int> Port { get; } = Number("port", "The TCP port; 0 for any that is free.", 0, 0, IPEndPoint.MaxPort);

    internal NodeSetting<int> DataPort { get; } = Number(
        "data-port",
        "The TCP port on which the activity of other nodes arrives, beside --port; 0 for any that is free. "
        + "Other nodes must be able to reach it.",
        0,
        0,
        IPEndPoint.MaxPort);

    internal NodeSetting<int> Frame { get; } = Number(
        "frame",
        "Bytes that one message between nodes may have; a run that needs more is refused before it starts. "
        + $"Default: {NodeSettings.DefaultFrameBytes}.",
        NodeSettings.DefaultFrameBytes,
        LeastFrame,
        int.MaxValue);

    internal NodeSetting<ValueFormat> Values { get; } = new(
        "values",
        "How activity is written between nodes: float32, bfloat16 or float16. Default: float32.",
        ValueFormat.Exact,
        string.Join(" or ", ValueWords.All.Keys),
        text => (ValueWords.All.GetValueOrDefault(text), ValueWords.All.ContainsKey(text)));

    internal NodeSetting<string?> Store { get; } = new(
        "store",
        "Where slices save themselves, so that they go on elsewhere when a node is lost: sqlite:PATH on one machine, "
        + "postgres:CONNECTION STRING for many. It is never printed.",
        null,
        "sqlite:PATH or postgres:CONNECTION STRING, such as postgres:Host=…;Database=…;Username=…;Password=…",
        text => (text, StoreSettings.TryParse(text, out _, out _)));

    internal NodeSetting<string?> StoreFiles { get; } = new(
        "store-files",
        "With a store: the place, the same one for all nodes, to which the weights of slices go in files of at most 8 MB; the store holds what says "
        + "which of them count. A folder, or s3://BUCKET/PREFIX with credentials from the environment. Default: for sqlite:PATH the folder "
        + "PATH.files; for postgres none, and weights are rows.",
        null,
        "a folder, or s3://BUCKET/PREFIX of letters, digits, - _ and .",
        text => (text, text.Length > 0 && StoreSettings.ErrorOfFiles(text) is null));

    internal NodeSetting<double> SaveEvery { get; } = new(
        "save-every",
        "With a store: seconds after which each slice saves itself again, by the node's own clock. Default: 5.",
        Defaults.SaveEvery.TotalSeconds,
        $"{LeastSeconds} to {MostSeconds} seconds",
        text =>
        {
            bool number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
            return (seconds, number && seconds is >= LeastSeconds and <= MostSeconds);
        });

    internal NodeSetting<HostPort[]> Seeds { get; } = Places(
        "seed", "Nodes to join, HOST:PORT, or [ADDRESS]:PORT for IPv6; may be repeated. A name may stand for several. Without any, this node begins a cluster.");

    internal NodeSetting<string> Role { get; } = new(
        "role",
        $"What the node is there for; only a {NodeSettings.Worker}, which is the default, hosts slices.",
        NodeSettings.Worker,
        "letters, digits and -",
        text => (text, text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')));

    internal NodeSetting<int> Health { get; } = Number(
        "health",
        "A port for GET /healthz (it lives), /readyz (it is up in the cluster), /status (JSON) and /metrics (Prometheus). "
        + "Default: 0, none.",
        0,
        0,
        IPEndPoint.MaxPort);

    internal NodeSetting<int> Workers { get; } = Number(
        "workers", "Whole runs of sweeps at a time. Default: one a core.", Environment.ProcessorCount, 1, 4096);

    internal NodeSetting<string?> Data { get; } = Text(
        "data",
        "Folder of IDX files for whole runs of sweeps; no folder that a run names is opened. Default: that of the variable "
        + $"{DataSetCatalog.FolderVariable}.");

    internal NodeSetting<string[]> Plugins { get; } = new(
        "plugins",
        "Folder of plug-ins that runs on this node may name; may be repeated. Only a file that lies there, and has the SHA-256 that "
        + "the run names, is loaded. Default: none, so that such runs are refused.",
        [],
        "a folder that exists",
        text =>
        {
            string[] folders = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(one => one.Length == 0 ? one : Path.GetFullPath(one))];
            return (folders, folders.All(Directory.Exists));
        },
        many: true);

    internal NodeSetting<bool> Verbose { get; } = new(
        "verbose",
        "Show what Akka, which keeps the cluster together, writes of itself too: who joins and leaves, and connections that are tried again.",
        false,
        "true or false",
        // The option alone has no text.
        text => (text is "" or "true", text is "" or "true" or "false"),
        isSwitch: true);

    internal BudgetOptions Budget { get; } = new();

    internal TlsOptions Tls { get; } = new();

    /// <summary>What a run takes too.</summary>
    internal IReadOnlyList<NodeSetting> Shared => [Host, Bind, Port, DataPort, Frame, Values, Store, StoreFiles, SaveEvery, Verbose, .. Tls.All];

    /// <summary>What a process that sends no activity and keeps no slices takes too.</summary>
    internal IReadOnlyList<NodeSetting> Connection => [Host, Bind, Port, Frame, Verbose, .. Tls.All];

    /// <summary>All that a file may name, so that a node and a run may be given the same one.</summary>
    internal IReadOnlyList<NodeSetting> All => [.. Shared, Seeds, Role, Health, Workers, Data, Plugins, .. Budget.All];

    internal static NodeSetting<string?> Text(string name, string description) =>
        new(name, description, null, "a text", text => (text, text.Length > 0));

    internal static NodeSetting<int> Number(string name, string description, int fallback, int least, int most) => new(
        name,
        description,
        fallback,
        most == int.MaxValue ? $"{least} or more" : $"a whole number from {least} to {most}",
        text =>
        {
            bool whole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            return (number, whole && number >= least && number <= most);
        });

    /// <summary>Places <c>HOST:PORT</c>.</summary>
    internal static NodeSetting<HostPort[]> Places(string name, string description, string? option = null) => new(
        name,
        description,
        [],
        "HOST:PORT",
        text =>
        {
            HostPort?[] places = [.. text.Split(',', StringSplitOptions.TrimEntries)
                .Select(one => HostPort.TryParse(one, out HostPort? place) ? place : null)];
            return (places.OfType<HostPort>().ToArray(), places.All(place => place is not null));
        },
        option,
        many: true);

    internal NodeSources Sources(ParseResult parsed, IReadOnlyList<NodeSetting>? more = null) => new(
        parsed, parsed.GetValue(File), [.. All, .. more ?? []], Environment.GetEnvironmentVariable);

    /// <summary>The settings that are shared.</summary>
    internal NodeSettings Settings(NodeSources sources)
    {
        string? bind = Bind.Of(sources);
        string? host = Host.Of(sources);
        if (StoreFiles.Of(sources) is not null && Store.Of(sources) is null)
            throw new ExperimentException([new(StoreFiles.Option.Name, "", $"belongs to a store ({Store.Option.Name}), which says which of the files count")]);
        if (host is null && bind is not null && IPAddress.TryParse(bind, out IPAddress? all)
            && (all.Equals(IPAddress.Any) || all.Equals(IPAddress.IPv6Any)))
            throw new ExperimentException([new(Host.Option.Name, "", $"missing; by which name do others find what listens on {bind}?")]);
        return new()
        {
            Host = host ?? bind ?? Defaults.Host,
            Bind = bind,
            Port = Port.Of(sources),
            DataPort = DataPort.Of(sources),
            FrameBytes = Frame.Of(sources),
            Values = Values.Of(sources),
            Store = StoreSettings.TryParse(Store.Of(sources), out StoreSettings? store, out _) ? store.WithFiles(StoreFiles.Of(sources)) : null,
            SaveEvery = TimeSpan.FromSeconds(SaveEvery.Of(sources)),
            Verbose = Verbose.Of(sources),
            Tls = Tls.Settings(sources),
        };
    }
}
