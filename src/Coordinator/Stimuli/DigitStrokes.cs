namespace Nudge.Stimuli;

/// <summary>One stroke of a digit: a smooth curve through its points, or straight lines between them.</summary>
/// <param name="Smooth">Whether the pen goes round the points or turns at them.</param>
/// <param name="Points">x to the right and y down, in a unit square.</param>
internal sealed record Stroke(bool Smooth, params (double X, double Y)[] Points);

/// <summary>How people write the ten digits, some in two ways.</summary>
internal static class DigitStrokes
{
    internal static IReadOnlyList<IReadOnlyList<Stroke[]>> Variants { get; } =
    [
        [[new(true, (.5, .07), (.24, .26), (.2, .66), (.48, .93), (.78, .68), (.78, .28), (.5, .07))]],
        [
            [new(false, (.5, .07), (.5, .93))],
            [new(false, (.32, .27), (.53, .07), (.53, .93))],
        ],
        [
            [new(true, (.22, .28), (.42, .08), (.7, .15), (.72, .38), (.48, .64), (.22, .91)), new(false, (.22, .91), (.8, .9))],
            [new(true, (.24, .24), (.5, .07), (.72, .26), (.5, .62), (.26, .84), (.3, .92), (.5, .84), (.8, .9))],
        ],
        [[
            new(true, (.24, .16), (.5, .07), (.72, .22), (.64, .4), (.42, .47)),
            new(true, (.42, .47), (.7, .53), (.78, .72), (.56, .92), (.22, .83)),
        ]],
        [
            [new(false, (.6, .07), (.18, .62), (.84, .62)), new(false, (.63, .38), (.6, .93))],
            [new(false, (.26, .1), (.24, .5), (.76, .5)), new(false, (.76, .1), (.74, .93))],
        ],
        [[
            new(false, (.74, .09), (.3, .1), (.27, .45)),
            new(true, (.27, .45), (.54, .38), (.77, .6), (.62, .88), (.24, .86)),
        ]],
        [[new(true, (.66, .07), (.36, .3), (.23, .64), (.42, .92), (.72, .82), (.7, .57), (.46, .51), (.26, .68))]],
        [
            [new(false, (.2, .1), (.78, .1), (.42, .93))],
            [new(false, (.2, .1), (.78, .1), (.42, .93)), new(false, (.34, .5), (.7, .5))],
        ],
        [[new(true, (.5, .48), (.27, .28), (.5, .07), (.73, .28), (.5, .48), (.23, .72), (.5, .93), (.77, .72), (.5, .48))]],
        [
            [new(true, (.72, .32), (.5, .08), (.27, .28), (.44, .5), (.7, .36)), new(false, (.73, .26), (.66, .93))],
            [new(true, (.72, .32), (.5, .08), (.27, .28), (.44, .5), (.72, .32), (.72, .66), (.52, .93), (.3, .86))],
        ],
    ];
}
