using System.Runtime.Intrinsics;

namespace Nudge.Wire;

/// <summary>A number format of sixteen bits, several numbers at a time.</summary>
internal interface ISixteenBits
{
    /// <summary>The nearest of the format's numbers, to even where two are, in the lower halves.</summary>
    static abstract Vector256<uint> Narrow(Vector256<float> values);

    /// <summary>The numbers in the lower halves, exactly.</summary>
    static abstract Vector256<float> Widen(Vector256<uint> bits);
}
