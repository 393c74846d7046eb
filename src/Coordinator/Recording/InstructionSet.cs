using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Recording;

/// <summary>Which vector instructions the run had. Results do not depend on it; speed does.</summary>
public static class InstructionSet
{
    /// <summary>A short name for run.json.</summary>
    public static string Describe() =>
        Vector512.IsHardwareAccelerated ? "AVX-512" :
        Avx2.IsSupported && Fma.IsSupported ? "AVX2+FMA" :
        Vector128.IsHardwareAccelerated ? "128-bit" : "none";
}
