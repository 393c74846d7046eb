namespace Nudge.Numerics;

/// <summary>
/// Elementary functions in double precision from exact operations only, so that every machine gives the same bits. The
/// platform's own may differ in the last place from one C library to another.
/// </summary>
public static class Elementary
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>The natural logarithm, to about 1 unit in the last place (the method of FreeBSD's e_log.c).</summary>
    /// <param name="x">Greater than 0 and normal.</param>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        double f = mantissa - 1;
        double s = f / (2 + f);
        double z = s * s;
        double r = z * Polynomial(
            z,
            6.666666666666735130e-01,
            3.999999999940941908e-01,
            2.857142874366239149e-01,
            2.222219843214978396e-01,
            1.818357216161805012e-01,
            1.531383769920937332e-01,
            1.479819860511658591e-01);
        double half = 0.5 * f * f;
        return (exponent * Ln2High) - (half - ((s * (half + r)) + (exponent * Ln2Low)) - f);
    }

    /// <summary>e to a power, to about 1 unit in the last place; 0 and ∞ outside the range of doubles.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.78)
            return double.PositiveInfinity;
        if (x < -745)
            return 0;
        double k = Math.Round(x * InverseLn2, MidpointRounding.ToEven);
        double r = Math.FusedMultiplyAdd(-k, Ln2Low, Math.FusedMultiplyAdd(-k, Ln2High, x));
        double sum = Polynomial(
            r,
            1,
            1,
            1.0 / 2,
            1.0 / 6,
            1.0 / 24,
            1.0 / 120,
            1.0 / 720,
            1.0 / 5040,
            1.0 / 40320,
            1.0 / 362880,
            1.0 / 3628800,
            1.0 / 39916800,
            1.0 / 479001600,
            1.0 / 6227020800);
        int exponent = (int)k;
        // Two factors reach the subnormal numbers, whose exponent one factor could not hold.
        return sum * PowerOfTwo(exponent / 2) * PowerOfTwo(exponent - (exponent / 2));
    }

    /// <summary>The cosine of an angle in turns, to about 1 unit in the last place: cos 2πx.</summary>
    /// <param name="x">Finite; whole numbers give exactly 1.</param>
    public static double CosOfTurns(double x)
    {
        double turn = Math.Abs(x - Math.Round(x, MidpointRounding.ToEven));
        // Beyond a quarter of a turn it is minus that of the rest of the half turn.
        double sign = turn > 0.25 ? -1 : 1;
        double part = turn > 0.25 ? 0.5 - turn : turn;
        return sign * (part > 0.125 ? SinOfAngle(2 * Math.PI * (0.25 - part)) : CosOfAngle(2 * Math.PI * part));
    }

    /// <summary>The sine of an angle in turns, to about 1 unit in the last place of 1: sin 2πx.</summary>
    /// <param name="x">Finite.</param>
    public static double SinOfTurns(double x) => CosOfTurns(x - 0.25);

    /// <summary>A power of a number greater than 0.</summary>
    public static double Pow(double x, double power) => Exp(power * Log(x));

    /// <summary>The quantile of the standard normal law, to 1e−15 (Wichura 1988, AS 241).</summary>
    /// <param name="p">In (0, 1).</param>
    public static double InverseNormal(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * Polynomial(r, CentreOver) / Polynomial(r, CentreUnder);
        }

        double tail = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        double value = tail <= 5
            ? Polynomial(tail - 1.6, MiddleOver) / Polynomial(tail - 1.6, MiddleUnder)
            : Polynomial(tail - 5, FarOver) / Polynomial(tail - 5, FarUnder);
        return q < 0 ? -value : value;
    }

    // Both for angles of at most π/4, where the first term left out is below 1e-17.
    private static double CosOfAngle(double x) => Polynomial(
        x * x,
        1,
        -1.0 / 2,
        1.0 / 24,
        -1.0 / 720,
        1.0 / 40320,
        -1.0 / 3628800,
        1.0 / 479001600,
        -1.0 / 87178291200,
        1.0 / 20922789888000);

    private static double SinOfAngle(double x) => x * Polynomial(
        x * x,
        1,
        -1.0 / 6,
        1.0 / 120,
        -1.0 / 5040,
        1.0 / 362880,
        -1.0 / 39916800,
        1.0 / 6227020800,
        -1.0 / 1307674368000,
        1.0 / 355687428096000);

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        double sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        return sum;
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    private static ReadOnlySpan<double> CentreOver =>
    [
        3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static ReadOnlySpan<double> CentreUnder =>
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static ReadOnlySpan<double> MiddleOver =>
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> MiddleUnder =>
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarOver =>
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarUnder =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
