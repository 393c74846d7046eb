using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>A page of docs/studies that a script's table, and no report, stands behind.</summary>
internal sealed class StudyPage(string name)
{
    internal string Text { get; } = File.ReadAllText(Path.Combine(Folder(), $"{name}.md"));

    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string table)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), table));
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary())];
    }

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    internal static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, 1, MidpointRounding.ToEven):0.0} %");

    /// <summary>Mean and standard deviation of shares, as 94.4 ± 0.3 %.</summary>
    internal static string Spread(IReadOnlyCollection<double> shares)
    {
        double mean = shares.Average();
        double deviation = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Count - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:0.0} ± {100 * deviation:0.0} %");
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "studies");
}
