using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Nudge.Experiments.Binding;

/// <summary>The limits of a value, from the attributes of its property.</summary>
internal sealed record Limits(
    RangeAttribute? Range, AllowedValuesAttribute? Allowed, RegularExpressionAttribute? Pattern)
{
    internal static Limits None { get; } = new(null, null, null);

    internal IReadOnlyList<string> Words => Allowed is null ? [] : [.. Allowed.Values.Cast<string>()];

    /// <summary>The range in words, or nothing.</summary>
    internal string RangeInWords => Range switch
    {
        null => "",
        { MinimumIsExclusive: true, MaximumIsExclusive: true } => $" greater than {Low} and less than {High}",
        { MinimumIsExclusive: true } => $" greater than {Low} and at most {High}",
        { MaximumIsExclusive: true } => $" from {Low} to less than {High}",
        _ when Low == High => $" equal to {Low}",
        _ => $" from {Low} to {High}",
    };

    internal string Low => Number(Range!.Minimum);

    internal string High => Number(Range!.Maximum);

    internal bool Admits(double value)
    {
        if (Range is null)
            return true;
        double low = Convert.ToDouble(Range.Minimum, CultureInfo.InvariantCulture);
        double high = Convert.ToDouble(Range.Maximum, CultureInfo.InvariantCulture);
        return (Range.MinimumIsExclusive ? value > low : value >= low) &&
            (Range.MaximumIsExclusive ? value < high : value <= high);
    }

    // The attribute itself lets empty texts pass.
    internal bool Admits(string text) => Pattern is null || (text.Length > 0 && Pattern.IsValid(text));

    private static string Number(object limit) => Convert.ToDecimal(limit, CultureInfo.InvariantCulture)
        .ToString("0.############", CultureInfo.InvariantCulture);
}
