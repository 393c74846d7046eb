using System.CommandLine;
using Nudge.Running;
using Nudge.Stimuli;

namespace Nudge.Commands;

/// <summary><c>nudge data</c>: looks at data sets and fetches them.</summary>
internal static class DataCommand
{
    internal static Command Create()
    {
        var command = new Command(
            "data",
            "Look at data sets and at files of one's own, and fetch public sets.\n\n"
            + "  nudge data info digits\n  nudge data info iris.csv --labels species\n  nudge data fetch fashion-mnist")
        {
            Info(),
            Fetch(),
        };
        return command;
    }

    internal static Option<string?> FolderOption() => new("--data")
    {
        Description = "Folder of data files; it comes before the experiment's data.path or data.file. Default: what the experiment names, else the variable "
            + $"{DataSetCatalog.FolderVariable}. ~ is the home folder; run folders keep the absolute path.",
    };

    internal static DataFolder Folder(string? option)
    {
        string? usual = Environment.GetEnvironmentVariable(DataSetCatalog.FolderVariable);
        return new(option, string.IsNullOrEmpty(usual) ? null : usual);
    }

    private static Command Info()
    {
        var what = new Argument<string>("what")
        {
            Description = "A data set by name, a folder of IDX or CIFAR-10 files, a file (.csv, .parquet, .npz, .npy), or an experiment.",
            DefaultValueFactory = _ => "digits",
        };
        Option<string?> data = FolderOption();
        var inputs = new Option<string?>("--inputs") { Description = "Of a file: the columns or the array of inputs, as data.inputs of an experiment." };
        var labels = new Option<string?>("--labels") { Description = "Of a file: the column or the array of labels; of .npy: the other file." };
        var seed = new Option<ulong?>("--seed")
        {
            Description = "The seed by which examples are drawn or divided. Default: the experiment's, else 1.",
            CustomParser = result => Number.Of<ulong>(result, "--seed", 0, ulong.MaxValue),
        };
        var png = new Option<string?>("--png") { Description = "Write examples of each class as a picture to this file." };
        var json = new Option<bool>("--json") { Description = "Print all but the pictures as JSON." };
        var command = new Command(
            "info",
            "Show sizes, classes, range of values and hashes of a data set, as run.json has them, and a few examples.\n\n"
            + "  nudge data info mnist --data mnist --png mnist.png\n"
            + "  nudge data info my.npz                              # the arrays that it holds\n"
            + "  nudge data info my.npz --inputs x --labels y\n"
            + "  nudge data info my-experiment.yaml")
        {
            what, data, inputs, labels, seed, png, json,
        };
        command.SetAction((parsed, cancellation) => Abandonable.RunAsync(
            () => DataInfo.Execute(
                new(
                    parsed.GetValue(what)!,
                    Folder(parsed.GetValue(data)),
                    parsed.GetValue(inputs),
                    parsed.GetValue(labels),
                    parsed.GetValue(seed),
                    parsed.GetValue(png),
                    parsed.GetValue(json)),
                Console.Out),
            cancellation));
        return command;
    }

    private static Command Fetch()
    {
        var set = new Argument<string>("set") { Description = $"One of {string.Join(", ", DownloadCatalog.All.Select(one => one.Name))}." };
        set.AcceptOnlyFromAmong([.. DownloadCatalog.All.Select(one => one.Name)]);
        var to = new Option<string?>("--to") { Description = "Folder to put it in. Default: the name of the set." };
        var split = new Option<string?>("--split")
        {
            Description = "Which part of emnist: balanced, byclass, bymerge, digits, letters or mnist. The archive (560 MB) stays for the others.",
        };
        var mirror = new Option<string[]>("--mirror") { Description = "Address of a folder to fetch from in place of the public mirrors; may be repeated." };
        var command = new Command(
            "fetch",
            "Download a data set from its public mirrors, with checksums; goes on with what an earlier try left. Prints its licence\n"
            + "and how to use it.\n\n  nudge data fetch mnist --to mnist\n  nudge data fetch emnist --split letters")
        {
            set, to, split, mirror,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            DownloadSet chosen = DownloadCatalog.All.First(one => one.Name == parsed.GetValue(set));
            string[] mirrors = parsed.GetValue(mirror) is { Length: > 0 } own ? own : [.. chosen.Mirrors];
            string folder = Path.GetFullPath(parsed.GetValue(to) ?? chosen.Name);
            await DataFetch.RunAsync(chosen, mirrors, folder, parsed.GetValue(split), Console.Out, Console.Error, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
