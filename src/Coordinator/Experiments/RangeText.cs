using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Nudge.Experiments;

/// <summary>Ranges in words.</summary>
internal static class RangeText
{
    internal static string Of(RangeAttribute range)
    {
        string low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        string high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        string from = range.MinimumIsExclusive ? $"more than {low}" : $"at least {low}";
        string to = range.MaximumIsExclusive ? $"less than {high}" : $"at most {high}";
        return low == high ? low : $"{from} and {to}";
    }
}
