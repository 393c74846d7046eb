using System.Globalization;
using System.Text.RegularExpressions;
using Nudge.Experiments.Binding;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Experiments.Explaining;

/// <summary>Values as a file writes them, so that reading them gives the same value again.</summary>
internal static partial class Written
{
    /// <summary>A value in one line of YAML.</summary>
    internal static string Scalar(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Text(text),
        Enum word => Words.Kebab(word.ToString()),
        double number => Number(number),
        PhaseProbability { IsOptimal: true } => PhaseProbability.OptimalWord,
        PhaseProbability b => Number(b.Initial),
        GranularitySettings { IsCounted: true } cut => $"{{{Words.Kebab(cut.Kind.ToString())}: {cut.Units}}}",
        GranularitySettings cut => Words.Kebab(cut.Kind.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"no way to write a {value.GetType().Name}", nameof(value)),
    };

    /// <summary>A number without an exponent where that stays short.</summary>
    internal static string Number(double number) => Math.Abs(number) is 0 or (>= 1e-6 and < 1e13)
        ? ((decimal)number == 0 || (double)(decimal)number != number
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : ((decimal)number).ToString(CultureInfo.InvariantCulture))
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(string text) =>
        Plain().IsMatch(text) && text is not ("null" or "Null" or "NULL") ? text : Quoted(text);

    // The double-quoted style of YAML reads the escapes that JSON writes.
    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    [GeneratedRegex("^[A-Za-z0-9/][A-Za-z0-9_./-]*$")]
    private static partial Regex Plain();
}
