using Nudge.DataSets;
using Nudge.Recording;
using Nudge.Stimuli;

namespace Nudge.Commands;

/// <summary>Fetches a public data set, and prints its licence and how an experiment uses it.</summary>
internal static class DataFetch
{
    /// <summary>Fetches a set. What is printed can be given to a shell: all but one line are comments.</summary>
    /// <param name="set">The set.</param>
    /// <param name="mirrors">Addresses of folders.</param>
    /// <param name="folder">Where to put it, an absolute path.</param>
    /// <param name="split">Which part of an archive, or null.</param>
    /// <param name="output">Receives licence and use.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellation">Stops; what was received is kept.</param>
    /// <exception cref="DataException">It cannot be fetched, or there is no such part.</exception>
    internal static async Task RunAsync(
        DownloadSet set,
        IReadOnlyList<string> mirrors,
        string folder,
        string? split,
        TextWriter output,
        TextWriter progress,
        CancellationToken cancellation)
    {
        if (split is null ? set.Splits.Count > 0 : !set.Splits.Contains(split))
        {
            throw new DataException(set.Splits.Count == 0
                ? $"--split: {set.Name} has no parts; expected none"
                : $"--split: found {split ?? "nothing"}; expected one of {string.Join(", ", set.Splits)}");
        }

        if (mirrors.FirstOrDefault(mirror => !IsAddress(mirror)) is { } bad)
            throw new DataException($"--mirror: found {bad}; expected an address that begins with http:// or https://");
        try
        {
            using var client = new HttpClient();
            await DataDownload.FetchAsync(client, mirrors, folder, set.Files, progress, cancellation);
            set.Extract?.Invoke(folder, split ?? "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"--to {folder}: cannot be written: {error.Message}", error);
        }

        output.WriteLine($"# licence: {set.Licence}");
        output.WriteLine($"# {set.Sizes(split ?? "")}");
        output.WriteLine($"# in an experiment:   data: {set.Usage(Quoted(folder, '"'), split ?? "")}");
        if (set.Sizes("").StartsWith("784", StringComparison.Ordinal) && set.Splits.Count == 0)
            output.WriteLine($"# on the command line: nudge run mnist{(set.Name == "mnist" ? "" : " --set data.set=idx")} --data {Quoted(folder, '\'')}");
        output.WriteLine($"export {DataSetCatalog.FolderVariable}={Quoted(folder, '\'')}");
    }

    private static bool IsAddress(string mirror) =>
        Uri.TryCreate(mirror, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string Quoted(string path, char quote) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '\\' or '.' or '-' or '_') ? path : $"{quote}{path}{quote}";
}
