using System.Globalization;
using Nudge.Experiments.Yaml;
using Nudge.Phases;

namespace Nudge.Experiments.Binding;

/// <summary>Reads one value as the type that its key requires.</summary>
internal static class ScalarReader
{
    /// <summary>The value, or null and what was wrong.</summary>
    internal static (object? Value, string? Error) Read(YamlValue written, Type type, Limits limits)
    {
        if (written.IsNull)
            return Fail("nothing", Expected(type, limits));
        if (type == typeof(string))
            return Text(written, limits);
        if (type.IsEnum)
            return Word(written, Words.Of(type), i => Enum.GetValues(type).GetValue(i)!);
        if (type == typeof(PhaseProbability))
            return Probability(written, limits);
        // Some readers of YAML take 010 for eight, others for ten.
        if (written.Plain && HasLeadingZero(written.Text))
            return Fail($"{Shown(written)}, which begins with a zero", Expected(type, limits));
        object? value = written.Plain ? Parse(written.Text, type) : null;
        if (value is null)
            return Fail(Shown(written), Expected(type, limits));
        return value is bool || limits.Admits(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            ? (value, null)
            : (null, $"{Cut(written.Text)} is out of range; expected {Expected(type, limits)}");
    }

    /// <summary>One of a list of words, turned into a value by its number.</summary>
    internal static (object? Value, string? Error) Word(
        YamlValue written, IReadOnlyList<string> words, Func<int, object> valueOf)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == written.Text)
                return (valueOf(i), null);
        }

        string guess = Suggestion.For(written.Text, words);
        return (null, $"unknown word {Shown(written)}{guess}; expected {Words.Either(words)}");
    }

    /// <summary>What a type requires, in words.</summary>
    internal static string Expected(Type type, Limits limits) =>
        type == typeof(string) ? limits.Words.Count > 0 ? Words.Either(limits.Words) : "text" :
        type.IsEnum ? Words.Either(Words.Of(type)) :
        type == typeof(bool) ? "true or false" :
        type == typeof(double) ? $"a number{limits.RangeInWords}" :
        type == typeof(PhaseProbability) ? $"a number{limits.RangeInWords}, or {PhaseProbability.OptimalWord}" :
        type == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}" :
        $"a whole number{limits.RangeInWords}";

    /// <summary>A text as an error shows it.</summary>
    internal static string Shown(YamlValue written) => written.Plain ? Cut(written.Text) : $"\"{Cut(written.Text)}\"";

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : $"{line[..57]}...";
    }

    private static (object? Value, string? Error) Probability(YamlValue written, Limits limits)
    {
        if (written.Text == PhaseProbability.OptimalWord)
            return (PhaseProbability.Optimal, null);
        if (!written.Plain || Parse(written.Text, typeof(double)) is not double number)
            return Fail(Shown(written), Expected(typeof(PhaseProbability), limits));
        return limits.Admits(number)
            ? (new PhaseProbability(number), null)
            : (null, $"{Cut(written.Text)} is out of range; expected {Expected(typeof(PhaseProbability), limits)}");
    }

    private static (object? Value, string? Error) Text(YamlValue written, Limits limits)
    {
        if (limits.Words.Count > 0)
            return Word(written, limits.Words, i => limits.Words[i]);
        return limits.Admits(written.Text)
            ? (written.Text, null)
            : Fail(Shown(written), "letters from a to z, digits, dots, - and _, at most 64, and a letter or digit first");
    }

    private static bool HasLeadingZero(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }

    private static object? Parse(string text, Type type)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint |
            NumberStyles.AllowExponent;
        CultureInfo plain = CultureInfo.InvariantCulture;
        if (type == typeof(bool))
            return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int))
            return int.TryParse(text, Whole, plain, out int whole) ? whole : null;
        if (type == typeof(long))
            return long.TryParse(text, Whole, plain, out long wide) ? wide : null;
        if (type == typeof(ulong))
            return ulong.TryParse(text, NumberStyles.None, plain, out ulong natural) ? natural : null;

        // The framework reads the words Infinity and NaN as numbers.
        return double.TryParse(text, Real, plain, out double real) && double.IsFinite(real) ? real : null;
    }

    private static (object? Value, string? Error) Fail(string found, string expected) =>
        (null, $"found {found}; expected {expected}");
}
