using System.Globalization;
using System.Text;

namespace Nudge.Sweeps;

/// <summary>Names the folders of a sweep's runs after their settings.</summary>
internal static class KeptRuns
{
    private const int LongestSettings = 80;

    /// <summary>The folder of a run within that of its sweep, such as <c>runs/03-loss.rate=0.3-seed-2</c>.</summary>
    internal static string Folder(SweepPlan plan, SweepPoint point, ulong seed)
    {
        int digits = (plan.Points.Count - 1).ToString(CultureInfo.InvariantCulture).Length;
        string number = point.Number.ToString($"D{digits}", CultureInfo.InvariantCulture);
        return $"{SweepFiles.Runs}/{number}-{Settings(plan.Grid.Describe(point))}-seed-{seed}";
    }

    // Only characters without a special meaning in shells, file systems and tables; the number makes names unique.
    private static string Settings(string described)
    {
        var name = new StringBuilder();
        foreach (char letter in described.Replace('−', '-'))
        {
            bool plain = char.IsAsciiLetterOrDigit(letter) || letter is '.' or '=' or '_' or '-' or '+';
            if (plain)
                name.Append(letter);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }

        return name.ToString(0, Math.Min(name.Length, LongestSettings)).TrimEnd('_', '.');
    }
}
