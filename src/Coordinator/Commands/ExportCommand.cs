using System.CommandLine;
using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Exports;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge export</c>: writes the network of a run for other programs.</summary>
internal static class ExportCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("run") { Description = "The folder of a run, with weights.npz.", HelpName = "DIR" };
        var onnx = new Option<string?>("--onnx")
        {
            Description = "Write an ONNX file with the answers that the network gives in lockstep: every step of a network that relaxes, or "
                + "the goodness of every label for forward-forward. A Boltzmann machine draws samples, and has no equivalent.",
            HelpName = "FILE",
        };
        var nir = new Option<string?>("--nir")
        {
            Description = "Write a file of the neuromorphic intermediate representation (HDF5). It has no activation function of a rate: "
                + "only predictive-coding without a hidden population has an equivalent.",
            HelpName = "FILE",
        };
        Option<string?> data = DataCommand.FolderOption();
        var command = new Command(
            "export",
            "Write the trained network of a run for other programs. What a format cannot express is refused, with the reason.\n\n"
            + "  nudge export runs/digits-1 --onnx digits.onnx")
        {
            folder, onnx, nir, data,
        };
        command.SetAction(parsed => Execute(
            parsed.GetValue(folder)!, parsed.GetValue(onnx), parsed.GetValue(nir), DataCommand.Folder(parsed.GetValue(data)), Console.Out));
        return command;
    }

    /// <summary>Writes the files that are asked for; all or none.</summary>
    /// <exception cref="OutputException">A file is there already, or the folder is not that of a run with weights.</exception>
    /// <exception cref="ExperimentException">A format cannot express the network.</exception>
    internal static int Execute(string folder, string? onnx, string? nir, DataFolder data, TextWriter output)
    {
        if (onnx is null && nir is null)
            throw Refused(folder, "nothing to write; expected --onnx FILE or --nir FILE");
        if (!File.Exists(Path.Combine(folder, RunFiles.Experiment)))
            throw Refused(folder, $"expected the folder of a run, with {RunFiles.Experiment}");
        foreach (string file in new[] { onnx, nir }.OfType<string>().Where(Path.Exists))
            throw Refused(folder, $"{file} exists already; expected a file that does not");
        LoadedExperiment experiment = ExperimentFile.Load(Path.Combine(folder, RunFiles.Experiment), [], null);
        // The weights of the run take the place of those that it began with.
        experiment = experiment with { Settings = experiment.Settings with { Init = null } };
        NetworkPlan network = PreparedRun.Load(experiment, data).Network;
        NetworkWeights weights = WeightsFile.Read(Path.Combine(folder, RunFiles.Weights), network);
        var files = new List<(string Path, byte[] Bytes)>();
        try
        {
            if (onnx is not null)
                files.Add((onnx, OnnxExport.Of(experiment.Settings.Name, network, weights)));
            if (nir is not null)
                files.Add((nir, Nir(network, weights)));
        }
        catch (NoEquivalentException error)
        {
            throw Refused(folder, error.Message);
        }

        foreach ((string path, byte[] bytes) in files)
            Write(path, bytes, output);
        return ExitCode.Done;
    }

    private static byte[] Nir(NetworkPlan network, NetworkWeights weights)
    {
        using var stream = new MemoryStream();
        NirFile.Write(stream, network, weights);
        return stream.ToArray();
    }

    private static void Write(string path, byte[] bytes, TextWriter output)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path}: cannot be written: {error.Message}", error);
        }

        output.WriteLine(path);
    }

    private static ExperimentException Refused(string folder, string message) => new([new($"export {folder}", "", message)]);
}
