using System.CommandLine;
using Nudge.DataSets;
using Nudge.Running;
using Nudge.Stimuli;

namespace Nudge.Commands;

/// <summary><c>nudge data</c>: looks at data sets and fetches them.</summary>
internal static class DataCommand
{
    internal static Command Create()
    {
        var command = new Command("data", "Look at data sets, and fetch MNIST.\n\n  nudge data info digits\n  nudge data fetch mnist --to mnist")
        {
            Info(),
            Fetch(),
        };
        return command;
    }

    internal static Option<string?> FolderOption() => new("--data")
    {
        Description = "Folder of IDX files; it comes before the experiment's data.path. Default: data.path, else the variable "
            + $"{DataSetCatalog.FolderVariable}. ~ is the home folder; run folders keep the absolute path.",
    };

    internal static DataFolder Folder(string? option)
    {
        string? usual = Environment.GetEnvironmentVariable(DataSetCatalog.FolderVariable);
        return new(option, string.IsNullOrEmpty(usual) ? null : usual);
    }

    private static Command Info()
    {
        var set = new Argument<string>("set")
        {
            Description = $"One of {string.Join(", ", DataSetCatalog.Names)}.",
            DefaultValueFactory = _ => "digits",
        };
        Option<string?> data = FolderOption();
        var command = new Command("info", "Show the sizes of a data set and a few of its examples.") { set, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            string name = parsed.GetValue(set)!;
            string? folder = Folder(parsed.GetValue(data)).Given;
            StimulusSets sets = await Abandonable.RunAsync(
                () => DataSetCatalog.Load(new(DataSetCatalog.Named(name), folder)), cancellation);
            DataPreview.Print(Console.Out, sets);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Fetch()
    {
        var set = new Argument<string>("set") { Description = "mnist." };
        set.AcceptOnlyFromAmong("mnist");
        var to = new Option<string>("--to") { Description = "Folder to put it in.", DefaultValueFactory = _ => "mnist" };
        var mirror = new Option<string[]>("--mirror") { Description = "Address to fetch from in place of the public mirrors; may be repeated." };
        var command = new Command(
            "fetch", "Download a data set from its public mirrors, with checksums; goes on with what an earlier try left.")
        {
            set, to, mirror,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] mirrors = parsed.GetValue(mirror) is { Length: > 0 } own ? own : [.. MnistDownload.Mirrors];
            string folder = Path.GetFullPath(parsed.GetValue(to)!);
            using var client = new HttpClient();
            await MnistDownload.FetchAsync(client, mirrors, folder, MnistDownload.Files, Console.Error, cancellation);
            Console.Out.WriteLine($"export {DataSetCatalog.FolderVariable}={folder}");
            return ExitCode.Done;
        });
        return command;
    }
}
