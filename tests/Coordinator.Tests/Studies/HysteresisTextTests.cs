using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nudge.Coordinator.Tests.Studies;

/// <summary>The study of hysteresis states what its table holds, and the table holds what the text claims.</summary>
public sealed class HysteresisTextTests
{
    private const string Recommended = "0.3";

    [Fact]
    public void Every_slope_and_accuracy_of_the_table_is_in_the_text()
    {
        string text = File.ReadAllText(Path.Combine(Folder(), "hysteresis.md"));
        Dictionary<string, string>[] rows = Rows();
        Assert.True(rows.Length > 50, $"{rows.Length} rows");
        foreach (Dictionary<string, string> row in rows.Where(row => row["slope"].Length > 0 && row["network"] != "xor-decay"))
        {
            string cell = $"{Number(row["slope"]):0.000} ± {Number(row["slopeError"]):0.000}";
            Assert.Contains(cell, text, StringComparison.Ordinal);
            if (row["accuracy"].Length > 0)
                Assert.Contains($"{cell}, {100 * Number(row["accuracy"]):0.0} %", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_slope_stays_within_a_tenth_of_one_on_digits_with_the_recommended_factor_and_not_without()
    {
        Dictionary<string, string>[] digits = [.. Rows().Where(row => row["network"] == "digits")];
        Dictionary<string, string>[] damped = [.. digits.Where(row => row["feedback"] == Recommended)];
        Assert.True(damped.Length >= 4, $"{damped.Length} rows");
        Assert.All(damped, row => Assert.Equal(1, Number(row["slope"]), 0.1));
        Assert.Contains(digits, row => row["feedback"] == "1" && Number(row["slope"]) < 0.8);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, string>[] Rows()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), "hysteresis.csv"));
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary())];
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "studies");
}
