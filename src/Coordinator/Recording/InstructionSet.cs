using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Recording;

/// <summary>Which vector instructions a run had. Results do not depend on it; speed does.</summary>
public static class InstructionSet
{
    /// <summary>A short name for run.json, such as <c>AVX2+FMA</c>.</summary>
    public static string Describe() =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2+FMA"
        : Vector256.IsHardwareAccelerated ? "256-bit"
        : Vector128.IsHardwareAccelerated ? "128-bit"
        : "none";
}
