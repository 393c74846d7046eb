namespace Nudge.Runs;

/// <summary>Why something failed, short enough for any frame: what is too long for one would be dropped.</summary>
internal static class ReasonText
{
    // A character has three bytes at most, and no frame is shorter than 32 000.
    private const int Longest = 4000;

    internal static string Of(Exception error) =>
        error.Message.Length <= Longest ? error.Message : error.Message[..Longest] + "…";
}
