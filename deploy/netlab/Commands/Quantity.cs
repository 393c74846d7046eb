using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nudge.Netlab.Commands;

/// <summary>Times and probabilities as they are written by people.</summary>
internal static class Quantity
{
    private const int LongestSeconds = 60;

    /// <summary>Reads <c>20ms</c>, <c>1.5s</c> or <c>0</c>, up to a minute; null for anything else.</summary>
    internal static TimeSpan? Time(string text)
    {
        double? seconds = text switch
        {
            "0" => 0,
            _ when text.EndsWith("ms", StringComparison.Ordinal) => Number(text[..^2]) / 1000,
            _ when text.EndsWith('s') => Number(text[..^1]),
            _ => null,
        };
        return seconds is >= 0 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    /// <summary>Reads a number from 0 to 1.</summary>
    internal static double? Share(string text) => Number(text) is double share and >= 0 and <= 1 ? share : null;

    internal static Option<TimeSpan> TimeOption(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Read(result, Time, "a time such as 20ms or 1s"),
    };

    internal static Option<double> ShareOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Read(result, Share, "a number from 0 to 1"),
    };

    private static T Read<T>(ArgumentResult result, Func<string, T?> read, string expected)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        if (read(text) is T value)
            return value;
        result.AddError($"{text}: expected {expected}");
        return default;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;
}
