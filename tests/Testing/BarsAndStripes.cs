namespace Nudge.Testing;

/// <summary>
/// Bars and stripes (MacKay 2003, §42.2) on a square: every pattern of whole columns, then every pattern of whole
/// rows. All-off and all-on occur twice.
/// </summary>
public static class BarsAndStripes
{
    /// <summary>2 · 2^side rows of side × side values, 0 or 1.</summary>
    public static IReadOnlyList<float[]> Rows(int side = 4) =>
    [
        .. Enumerable.Range(0, 1 << side).Select(bits => Pattern(side, place => bits >> (place % side))),
        .. Enumerable.Range(0, 1 << side).Select(bits => Pattern(side, place => bits >> (place / side))),
    ];

    private static float[] Pattern(int side, Func<int, int> bits) =>
        [.. Enumerable.Range(0, side * side).Select(place => (float)(bits(place) & 1))];
}
