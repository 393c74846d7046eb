using System.Globalization;
using Nudge.Experiments.Sweeping;

namespace Nudge.Sweeps;

/// <summary>A setting that a sweep varies, and the values that it takes.</summary>
/// <param name="Path">The setting, as <c>--set</c> names it.</param>
/// <param name="Values">Its values, as a file would write them.</param>
public sealed record Variation(string Path, IReadOnlyList<string> Values)
{
    /// <summary>What tables and figures call the choice of a variant.</summary>
    public const string Variant = "variant";

    private const double Huge = 1e9;
    private const double Smallest = 1e-6;

    /// <summary>The settings of each variant; null where one setting varies.</summary>
    public IReadOnlyList<SweepVariant>? Variants { get; private init; }

    /// <summary>Whether reports take its best value at every point, and do not show it as a setting of its own.</summary>
    public bool IsTuned { get; init; }

    /// <summary>Whether all values are numbers, so that curves can be drawn over them.</summary>
    public bool IsNumeric => Variants is null && Values.All(value => NumberOf(value) is not null);

    /// <summary>The choice of one variant.</summary>
    internal static Variation Of(IReadOnlyList<SweepVariant> variants) =>
        new(Variant, [.. variants.Select(one => one.Name)]) { Variants = variants };

    /// <summary>What a value sets, each <c>path=value</c>.</summary>
    internal IReadOnlyList<string> Assignments(string value) =>
        Variants is null ? [$"{Path}={value}"] : Variants.First(one => one.Name == value).Set;

    /// <summary>The values as numbers.</summary>
    /// <exception cref="InvalidOperationException">Not all are.</exception>
    public IReadOnlyList<double> Numbers =>
        [.. Values.Select(value => NumberOf(value) ?? throw new InvalidOperationException($"{value} is not a number"))];

    /// <summary>A value for people: fractions with three digits.</summary>
    internal static string Shown(string value) => NumberOf(value) is double number ? Shown(number) : value;

    /// <summary>A number for people: fractions with three digits, or as many as they have before the point.</summary>
    internal static string Shown(double number)
    {
        if (Math.Abs(number) < Huge && (number == Math.Truncate(number) || Math.Abs(number) >= 1000))
            return number.ToString("0", CultureInfo.InvariantCulture).Replace('-', '−');
        double rounded = double.Parse(number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        string text = Math.Abs(rounded) >= Smallest
            ? ((decimal)rounded).ToString(CultureInfo.InvariantCulture)
            : rounded.ToString(CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A value as a number, or null where it is none.</summary>
    public static double? NumberOf(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;
}
