using System.Globalization;

namespace Nudge.Experiments;

/// <summary>The accuracy at which a run ends, as <c>--until</c> writes it: <c>accuracy=0.9</c>, for <c>run.untilAccuracy</c>.</summary>
internal static class UntilAccuracy
{
    private const string Name = "accuracy=";

    /// <summary>Reads it, or gives null where it is no share of correct answers above 0.</summary>
    internal static double? Parse(string text) =>
        text.StartsWith(Name, StringComparison.Ordinal)
        && double.TryParse(text[Name.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out double least)
        && least is > 0 and <= 1
            ? least
            : null;

    /// <summary>What <see cref="Parse"/> reads.</summary>
    internal static string Text(double least) => string.Create(CultureInfo.InvariantCulture, $"{Name}{least}");

    /// <summary>The same as a setting, for <c>--set</c>.</summary>
    internal static string Assignment(double least) => string.Create(CultureInfo.InvariantCulture, $"run.untilAccuracy={least}");
}
