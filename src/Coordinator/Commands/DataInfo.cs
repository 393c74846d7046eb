using System.Text.Encodings.Web;
using System.Text.Json;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Nudge.Stimuli;

namespace Nudge.Commands;

/// <summary>What <c>nudge data info</c> is to show.</summary>
/// <param name="What">A set by name, a folder, a file or an experiment.</param>
/// <param name="Folder">Where data files are.</param>
/// <param name="Inputs">The inputs of a file, or null.</param>
/// <param name="Labels">The labels of a file, or null.</param>
/// <param name="Seed">Seed of what is drawn, or null for the usual one.</param>
/// <param name="Png">File for a picture, or null.</param>
/// <param name="Json">Whether to print JSON.</param>
internal sealed record DataInfoRequest(string What, DataFolder Folder, string? Inputs, string? Labels, ulong? Seed, string? Png, bool Json);

/// <summary><c>nudge data info</c>: finds out what is meant, reads it and shows it.</summary>
internal static class DataInfo
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Shows a data set.</summary>
    /// <param name="request">What is to be shown.</param>
    /// <param name="output">Receives it.</param>
    /// <exception cref="DataException">There is none, or it is damaged.</exception>
    /// <exception cref="ExperimentException">The experiment that is meant is wrong.</exception>
    internal static int Execute(DataInfoRequest request, TextWriter output)
    {
        if (RequestOf(request) is not { } meant)
        {
            PrintContents(request.What, output);
            return ExitCode.Done;
        }

        StimulusSets sets = DataSetCatalog.Load(meant);
        if (request.Png is { } png)
            Write(png, ExampleSheet.Png(sets));
        var report = DataReport.Of(sets);
        if (request.Json)
            output.WriteLine(report.ToJson().ToJsonString(Readable));
        else
            DataPreview.Print(output, sets, report);
        return ExitCode.Done;
    }

    // Null where a file is named and not what of it is inputs and labels.
    private static DataRequest? RequestOf(DataInfoRequest request)
    {
        string what = request.What;
        ulong seed = request.Seed ?? 1;
        bool isFile = File.Exists(what) && Path.GetExtension(what).ToUpperInvariant() is ".CSV" or ".TSV" or ".PARQUET" or ".NPZ" or ".NPY";
        if (!isFile && (request.Inputs ?? request.Labels) is not null)
            throw new DataException($"{(request.Inputs is null ? "--labels" : "--inputs")}: {what} is no file of examples; expected .csv, .parquet, .npz or .npy");
        if (isFile)
            return FileOf(request, seed);
        if (DataSetCatalog.Names.Contains(what))
            return new(DataSetCatalog.Named(what), request.Folder.Given, seed);
        if (Directory.Exists(what))
        {
            string folder = Path.GetFullPath(what);
            return new(DataSetCatalog.Named(CifarFiles.AreIn(folder) ? "cifar-10" : "idx").WithFolder(folder), folder, seed);
        }

        if (!File.Exists(what) && !ExperimentFile.Embedded.Contains(what))
        {
            throw new DataException(
                $"{what}: no data set, folder, file or experiment of this name; expected one, or one of {string.Join(", ", DataSetCatalog.Names)}");
        }

        ExperimentSettings settings = ExperimentFile.Load(what, [], null).Settings;
        return PreparedRun.RequestOf(request.Seed is { } asked ? settings with { Seed = asked } : settings, request.Folder);
    }

    private static DataRequest? FileOf(DataInfoRequest request, ulong seed)
    {
        bool single = request.What.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);
        if (request.Labels is null && (request.Inputs is null || !request.What.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)))
            return null;
        var settings = new FileSettings
        {
            File = Path.GetFullPath(request.What),
            Inputs = request.Inputs,
            Labels = single ? null : request.Labels,
            LabelsFile = single ? request.Labels : null,
        };
        return new(settings, settings.Folder, seed);
    }

    private static void PrintContents(string path, TextWriter output)
    {
        var file = ExampleFile.Of(path);
        IReadOnlyList<string> contents = file.Contents();
        output.WriteLine($"{path}: {contents.Count} {(file is NpyExamples or NpzExamples ? "arrays" : "columns")}");
        foreach (string one in contents)
            output.WriteLine($"  {VisibleText.Of(one)}");
        output.WriteLine("--inputs and --labels choose what an experiment would read, and show it");
    }

    private static void Write(string path, byte[] content)
    {
        try
        {
            File.WriteAllBytes(path, content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"--png {path}: cannot be written: {error.Message}", error);
        }
    }
}
