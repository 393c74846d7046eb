using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Nudge.Commands;

/// <summary>Reads whole numbers of options; what is none is refused in the words of its limits.</summary>
internal static class Number
{
    /// <summary>Whether what was written for an option is any number, or nothing was.</summary>
    internal static bool IsOne(OptionResult given) => given.Tokens.All(
        token => double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>Reads the number of an option, for its <c>CustomParser</c>.</summary>
    /// <param name="result">What was written.</param>
    /// <param name="option">The option, as errors name it.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed; by default as large as the type.</param>
    internal static T Of<T>(ArgumentResult result, string option, T least, T? most = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string text = result.Tokens[^1].Value;
        T limit = most ?? T.MaxValue;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number)
            && number >= least && number <= limit)
            return number;
        string range = most is null ? $"{least} or more" : $"{least} to {limit}";
        result.AddError($"{option}: found {text}; expected a whole number, {range}");
        return least;
    }
}
