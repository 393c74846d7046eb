using System.Globalization;

namespace Nudge.Experiments;

/// <summary>Where something stands that the user wrote: in a file, or on the command line.</summary>
/// <param name="Source">The file as the user named it, or the option with its value.</param>
/// <param name="Line">Line from 1; 0 where the source has no lines.</param>
/// <param name="Column">Column from 1; 0 where the source has no lines.</param>
public readonly record struct Place(string Source, int Line, int Column)
{
    /// <summary>A place without lines, such as an option.</summary>
    public static Place Option(string text) => new(text, 0, 0);

    /// <summary>Whether this is an option and not a file.</summary>
    public bool IsOption => Line == 0;

    /// <summary>FILE:LINE:COLUMN, or the option.</summary>
    public override string ToString() =>
        IsOption ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
