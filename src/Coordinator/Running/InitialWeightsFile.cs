using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Stimuli;
using Nudge.Topology;

namespace Nudge.Running;

/// <summary>Reads the .npz file that <c>init.file</c> names: the weights that a network begins with.</summary>
internal sealed class InitialWeightsFile
{
    private const string Ending = ".npy";
    private const string Bias = ".bias";
    private const string Home = "~";
    private readonly ZipArchive _zip;
    private readonly InitSettings _settings;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly List<string> _problems = [];

    private InitialWeightsFile(ZipArchive zip, InitSettings settings) => (_zip, _settings) = (zip, settings);

    /// <summary>The settings with the file as an absolute path and with its hash.</summary>
    /// <exception cref="DataException">It cannot be read, or has another hash than the settings name.</exception>
    internal static InitSettings Resolve(InitSettings settings)
    {
        using FileStream file = Open(settings);
        return settings with { File = file.Name, Sha256 = HashOf(file, settings) };
    }

    /// <summary>The network as it begins with the weights of a file.</summary>
    /// <param name="settings">The file.</param>
    /// <param name="network">The network.</param>
    /// <returns>The settings, resolved; and the network, or what is wrong with the file, one line each.</returns>
    internal static (InitSettings Settings, NetworkPlan Network, IReadOnlyList<string> Problems) Apply(
        InitSettings settings, NetworkPlan network)
    {
        try
        {
            using FileStream stream = Open(settings);
            InitSettings resolved = settings with { File = stream.Name, Sha256 = HashOf(stream, settings) };
            stream.Position = 0;
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var file = new InitialWeightsFile(zip, resolved);
            NetworkWeights? weights = file.Read(network);
            return (resolved, weights is null ? network : network.BeginningWith(weights), file._problems);
        }
        catch (DataException error)
        {
            return (settings, network, [error.Message]);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            return (settings, network, [$"{settings.File}: damaged, or no .npz file, which is a zip of .npy files: {error.Message}"]);
        }
    }

    private static FileStream Open(InitSettings settings)
    {
        try
        {
            string path = settings.File;
            if (path == Home || path.StartsWith(Home + '/', StringComparison.Ordinal))
                path = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[Home.Length..];
            return File.OpenRead(Path.GetFullPath(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{settings.File}: cannot be read: {error.Message}", error);
        }
        catch (ArgumentException error)
        {
            throw new DataException($"\"{settings.File}\" is no path; expected an .npz file", error);
        }
    }

    private static string HashOf(FileStream file, InitSettings settings)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return settings.Sha256 is null || settings.Sha256 == hash
            ? hash
            : throw new DataException($"{file.Name} is another file than the one that was named: its SHA-256 is {hash}; expected {settings.Sha256}");
    }

    private NetworkWeights? Read(NetworkPlan network)
    {
        float[]?[] weights = [.. network.Projections.Select(one => WeightsOf(one))];
        float[]?[] biases =
        [
            .. network.Populations.Select(one => one.HasState ? Values(one.Name + Bias, [.. one.BiasShape], one.BiasAxes) : []),
        ];
        string[] others = [.. Names.Where(name => !_read.Contains(name))];
        if (_settings.Partial && _read.Count == 0)
            _problems.Add($"{_settings.File}: none of the arrays of this network; expected some of {string.Join(", ", _missing)}");
        else if (!_settings.Partial)
            AddMisfits(others);
        if (_problems.Count > 0)
            return null;
        NetworkWeights drawn = _missing.Count == 0 ? null! : FirstWeights.Of(network);
        return NetworkWeights.Of(
            network,
            [.. weights.Select((values, index) => values ?? drawn.Weights[index])],
            [.. biases.Select((values, index) => values ?? drawn.Biases[index])]);
    }

    private IEnumerable<string> Names => _zip.Entries
        .Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal)).Select(entry => entry.FullName[..^Ending.Length]);

    private void AddMisfits(string[] others)
    {
        if (_missing.Count > 0)
        {
            _problems.Add($"{_settings.File}: no array {string.Join(", ", _missing)}; expected all of the network, or init.partial: true to "
                + "draw what is missing");
        }

        if (others.Length > 0)
        {
            _problems.Add($"{_settings.File}: {string.Join(", ", others)} {(others.Length == 1 ? "belongs" : "belong")} to nothing in the "
                + "network; expected arrays of its projections and biases only, or init.partial: true");
        }
    }

    private float[]? WeightsOf(ProjectionPlan projection)
    {
        if (projection.WeightCount == 0)
            return [];
        int[] shape = [.. projection.WeightShape];
        string common = projection.Reverse < 0 ? projection.Name : projection.Name[..projection.Name.LastIndexOf('.')];
        if (projection.Reverse < 0 || Find(projection.Name) is not null || Find(common) is null)
            return Values(projection.Name, shape, projection.WeightAxes, projection.IsWithin);
        // One matrix for both directions is that of the direction that the experiment names.
        if (!projection.IsBackward)
            return Values(common, shape, projection.WeightAxes);
        return projection.Connectivity is { } table
            ? Values(common, [.. table.MirroredShape], projection.WeightAxes) is { } forward ? table.Mirror(forward) : null
            : Transposed(Values(common, [shape[1], shape[0]], projection.WeightAxes), shape);
    }

    private static float[]? Transposed(float[]? values, int[] shape)
    {
        if (values is null)
            return null;
        float[] turned = new float[values.Length];
        for (int row = 0; row < shape[0]; row++)
        {
            for (int column = 0; column < shape[1]; column++)
                turned[(row * shape[1]) + column] = values[(column * shape[0]) + row];
        }

        return turned;
    }

    private ZipArchiveEntry? Find(string name) => _zip.Entries.FirstOrDefault(entry => entry.FullName == name + Ending);

    private float[]? Values(string name, int[] shape, string axes, bool within = false)
    {
        if (Find(name) is not { } entry)
        {
            _missing.Add(name);
            return null;
        }

        bool isFirst = _read.Add(name);
        string where = $"{_settings.File}: array {name}";
        NpyArray array;
        using (Stream stream = entry.Open())
            array = NpyArray.Read(stream, where);
        string? problem = array.Type.IsText || !array.Shape.SequenceEqual(shape)
            ? $"{array.Words}; expected {string.Join('×', shape)} numbers, {axes}" + (array.Shape.Reverse().SequenceEqual(shape) && shape.Length > 1
                ? ": this is the transpose"
                : "")
            : null;
        float[] values = problem is null ? NumbersOf(array, shape[^1], within, out problem) : [];
        if (problem is not null && isFirst)
            _problems.Add($"{where}: {problem}");
        return values;
    }

    private static float[] NumbersOf(NpyArray array, int columns, bool within, out string? problem)
    {
        float[] values = new float[array.Count];
        problem = null;
        for (int i = 0; i < values.Length && problem is null; i++)
        {
            double value = array.Type.Number(array.Items.AsSpan(i * array.Type.Size));
            values[i] = (float)value;
            (int row, int column) = (i / columns, i % columns);
            string place = array.Shape.Count == 1 ? $"[{i}]" : $"[{row}, {column}]";
            string found = value.ToString(CultureInfo.InvariantCulture);
            if (!float.IsFinite(values[i]))
                problem = $"{place} is {found}; expected a finite number of 32 bits";
            else if (within && row == column && values[i] != 0)
                problem = $"{place} is {found}; expected 0, for a unit is not coupled with itself";
        }

        return values;
    }
}
