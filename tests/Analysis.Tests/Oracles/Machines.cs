using CsCheck;
using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Small Boltzmann machines for tests.</summary>
internal static class Machines
{
    /// <summary>
    /// Random machines: the seed of their values, sizes, and whether their hidden units are coupled.
    /// </summary>
    public static readonly Gen<(ulong Seed, int Hidden, int Visible, bool Coupled)> Cases =
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[1, 6], Gen.Bool);

    /// <summary>The machine of the table of measurements.</summary>
    public static BoltzmannParameters Table(int hidden) => new()
    {
        Hidden = hidden,
        Visible = 16,
        Weights = [.. Pairs(hidden, 16).Select(pair => 0.1 * ((((7 * pair.I) + (3 * pair.J)) % 11) - 5))],
        HiddenBias = [.. Enumerable.Range(0, hidden).Select(i => 0.05 * ((i % 5) - 2))],
        VisibleBias = new double[16],
    };

    public static BoltzmannParameters Zero(int hidden) => new()
    {
        Hidden = hidden,
        Visible = 16,
        Weights = new double[hidden * 16],
        HiddenBias = new double[hidden],
        VisibleBias = new double[16],
    };

    public static BoltzmannParameters Random(
        ulong seed,
        int hidden,
        int visible,
        bool coupled = false,
        bool visibleBias = true,
        double inverseTemperature = 1)
    {
        var draws = new Spread(seed);
        return new()
        {
            Hidden = hidden,
            Visible = visible,
            Weights = draws.Next(hidden * visible, 1.5),
            HiddenBias = draws.Next(hidden, 1),
            VisibleBias = draws.Next(visible, visibleBias ? 1 : 0),
            Couplings = coupled ? Symmetric(draws, hidden) : null,
            InverseTemperature = inverseTemperature,
        };
    }

    /// <summary>All patterns of so many units.</summary>
    public static IReadOnlyList<float[]> AllPatterns(int units) =>
    [
        .. Enumerable.Range(0, 1 << units).Select(bits =>
            Enumerable.Range(0, units).Select(j => (float)((bits >> j) & 1)).ToArray()),
    ];

    private static double[] Symmetric(Spread draws, int hidden)
    {
        double[] values = draws.Next(hidden * hidden, 1);
        return [.. Pairs(hidden, hidden).Select(pair => pair.I == pair.J
            ? 0
            : values[(Math.Min(pair.I, pair.J) * hidden) + Math.Max(pair.I, pair.J)])];
    }

    private static IEnumerable<(int I, int J)> Pairs(int rows, int columns) =>
        Enumerable.Range(0, rows * columns).Select(place => (place / columns, place % columns));
}
