using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Reproductions.Results;

/// <summary>The folder of a reproduction: what was asked for, and the runs so far.</summary>
/// <param name="Directory">The folder, held by this process.</param>
/// <param name="Over">What became of the runs that are over.</param>
internal sealed record ReproductionFolder(RunDirectory Directory, IReadOnlyList<ReproductionRow> Over)
{
    private const string Journal = "runs.jsonl";
    private const string Header = """{"journal":"reproduction","format":1}""";

    internal static ReproductionFolder Create(ReproductionRequestFile asked, string? output)
    {
        RunDirectory directory = RunDirectory.Create($"reproduce-{asked.Name}", output);
        directory.WriteText(ReproductionRequestFile.FileName, asked.ToJson() + "\n");
        return new(directory, []);
    }

    /// <summary>Reads what the reproduction in a folder was asked for.</summary>
    /// <exception cref="OutputException">It is not the folder of one.</exception>
    internal static ReproductionRequestFile Asked(string path)
    {
        string file = Path.Combine(path, ReproductionRequestFile.FileName);
        if (!File.Exists(file))
            throw new OutputException($"--resume {path}: expected the folder of a reproduction, with {ReproductionRequestFile.FileName}");
        try
        {
            return ReproductionRequestFile.Parse(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new OutputException($"--resume {path}: {ReproductionRequestFile.FileName}: {error.Message}", error);
        }
    }

    /// <summary>Opens a folder to go on; a row that a kill left incomplete, and what follows damage, is left out.</summary>
    /// <exception cref="OutputException">Another process uses it, or its runs were begun with other settings, data or version.</exception>
    internal static ReproductionFolder Open(string path, ReproductionRequestFile now)
    {
        var directory = RunDirectory.Open(path, ReproductionRequestFile.FileName, $"--resume {path}", "a reproduction");
        try
        {
            Asked(path).ThrowIfOther(now, path);
            string journal = directory.FilePath(Journal);
            IReadOnlyList<ReproductionRow> rows = File.Exists(journal)
                ? [.. RowFile.Read(journal).Select(ReproductionRow.TryParse).TakeWhile(row => row is not null).Select(row => row!)]
                : [];
            return new(directory, rows);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Continues the journal after the rows that are there.</summary>
    internal RowFile OpenJournal() => RowFile.Open(Directory.FilePath(Journal), Header, Over.Count);
}

/// <summary>What a reproduction was asked for, as reproduction.json keeps it.</summary>
internal sealed record ReproductionRequestFile
{
    internal const string FileName = "reproduction.json";

    /// <summary>Which one.</summary>
    public required string Name { get; init; }

    /// <summary>Whether in the quick form.</summary>
    public required bool Quick { get; init; }

    /// <summary>Runs of each arm.</summary>
    public required int Seeds { get; init; }

    /// <summary>The arms that were asked for; none for all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>SHA-256 of the settings of all runs.</summary>
    public required string SettingsHash { get; init; }

    /// <summary>SHA-256 of the data of all runs that read files.</summary>
    public required string DataHash { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    internal static ReproductionRequestFile Of(Reproduction reproduction, bool quick, int seeds, IReadOnlyList<PoolJob> jobs, SharedStimuli stimuli) => new()
    {
        Name = reproduction.Name,
        Quick = quick,
        Seeds = seeds,
        Arms = reproduction.LeftOut.Count == 0 ? [] : [.. reproduction.Arms.Select(arm => arm.Name)],
        SettingsHash = HashOf(jobs.Select(job =>
            $"{job.Arm} {job.VariancePhases} {job.TruthPhases}\n{SettingsWriter.ToYaml(job.Settings, explained: false)}")),
        DataHash = HashOf(jobs.Select(job => stimuli.FingerprintOf(job.Settings)).Where(one => one.Length > 0).Distinct()),
        Version = typeof(ReproductionRequestFile).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    internal string ToJson() => JsonSerializer.Serialize(this, ReproductionJson.Pretty.ReproductionRequestFile);

    /// <exception cref="InvalidDataException">It is something else.</exception>
    internal static ReproductionRequestFile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReproductionJson.Pretty.ReproductionRequestFile) ?? throw new InvalidDataException("empty");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"not what a reproduction was asked for: {error.Message}", error);
        }
    }

    /// <summary>Refuses to add runs to those of another version, other settings or other data: one table would hold both.</summary>
    internal void ThrowIfOther(ReproductionRequestFile now, string path)
    {
        string? other = Version != now.Version ? $"nudge {Version}, and this is {now.Version}"
            : SettingsHash != now.SettingsHash ? "other settings of its arms than this program has"
            : DataHash != now.DataHash ? "other data than these"
            : null;
        if (other is not null)
            throw new OutputException($"--resume {path}: the reproduction was begun with {other}; expected the same, or a new reproduction");
    }

    private static string HashOf(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))));
}

/// <summary>A run that is over, as the journal keeps it: numbers read back as the same bits.</summary>
internal sealed record ReproductionRow
{
    public required string Arm { get; init; }

    public required ulong Seed { get; init; }

    public required IReadOnlyDictionary<string, double>? Metrics { get; init; }

    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    public double WallSeconds { get; init; }

    public string EventHash { get; init; } = "";

    public string? Failure { get; init; }

    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    internal static ReproductionRow Of(JobOutcome outcome) => new()
    {
        Arm = outcome.Job.Arm,
        Seed = outcome.Job.Seed,
        Metrics = outcome.Result?.Metrics,
        Curve = outcome.Result?.Curve ?? [],
        WallSeconds = outcome.Result?.WallSeconds ?? 0,
        EventHash = outcome.Result is { EventHash: var hash } ? $"{hash:x16}" : "",
        Failure = outcome.Failure,
        Warnings = outcome.Result?.Warnings ?? [],
    };

    internal JobOutcome OutcomeOf(PoolJob job) => new(
        job,
        Metrics is null ? null : new()
        {
            Metrics = Metrics,
            Curve = Curve,
            WallSeconds = WallSeconds,
            EventHash = Convert.ToUInt64(EventHash, 16),
            Warnings = Warnings,
        },
        Failure);

    internal string ToLine() => JsonSerializer.Serialize(this, ReproductionJson.Line.ReproductionRow);

    /// <summary>Reads a line, or null where it is damaged.</summary>
    internal static ReproductionRow? TryParse(string line)
    {
        try
        {
            ReproductionRow? row = JsonSerializer.Deserialize(line, ReproductionJson.Line.ReproductionRow);
            bool whole = row is { Metrics: null, Failure: not null }
                || (row is { Metrics: not null, Failure: null }
                    && ulong.TryParse(row.EventHash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _));
            return whole ? row : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How the files of a reproduction become JSON.</summary>
[JsonSerializable(typeof(ReproductionRequestFile))]
[JsonSerializable(typeof(ReproductionRow))]
internal sealed partial class ReproductionJson : JsonSerializerContext
{
    internal static ReproductionJson Pretty { get; } = new(Make(indented: true));

    internal static ReproductionJson Line { get; } = new(Make(indented: false));

    // A metric may be infinite, or not a number.
    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
