using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>A function of one element, applied to eight at a time.</summary>
internal interface IVectorOperation
{
    /// <summary>The function of each element, which must not depend on the other seven.</summary>
    /// <param name="x">Eight arguments.</param>
    static abstract Vector256<float> Apply(Vector256<float> x);
}
