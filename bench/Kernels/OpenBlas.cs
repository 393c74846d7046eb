using System.Runtime.InteropServices;

namespace Nudge.Bench.Kernels;

/// <summary>The few routines of OpenBLAS that ours are compared with, on one thread.</summary>
internal static unsafe class OpenBlas
{
    public const string HowToInstall = "OpenBLAS is absent; on Debian or Ubuntu: apt-get install libopenblas0-pthread";

    private const int RowMajor = 101;
    private const int ColumnMajor = 102;
    private const int Plain = 111;
    private const int Transposed = 112;

    private static readonly nint Library = Load();

    // Without the runtime's transition, whose few nanoseconds would count against OpenBLAS.
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<
        int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Sgemv =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<
            int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)Symbol("cblas_sgemv");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<
        int, int, int, float, float*, int, float*, int, float*, int, void> Sger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<
            int, int, int, float, float*, int, float*, int, float*, int, void>)Symbol("cblas_sger");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<
        int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Sgemm =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<
            int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
        Symbol("cblas_sgemm");

    public static bool IsPresent => Library != 0;

    /// <summary>The configuration that the library found for this processor.</summary>
    public static string Describe()
    {
        var configuration = (delegate* unmanaged[Cdecl]<nint>)Symbol("openblas_get_config");
        return Marshal.PtrToStringUTF8(configuration())!;
    }

    /// <summary><c>y = W·x</c> or <c>y = Wᵀ·x</c>, W stored row after row or column after column.</summary>
    public static void Multiply(
        bool byRow, bool transposed, int rows, int columns, float[] w, float[] x, float[] y)
    {
        fixed (float* weights = w, source = x, result = y)
        {
            Sgemv(
                byRow ? RowMajor : ColumnMajor, transposed ? Transposed : Plain, rows, columns, 1f,
                weights, byRow ? columns : rows, source, 1, 0f, result, 1);
        }
    }

    /// <summary><c>W += u·xᵀ</c>.</summary>
    public static void AddOuter(bool byRow, int rows, int columns, float[] u, float[] x, float[] w)
    {
        fixed (float* weights = w, left = u, right = x)
        {
            Sger(
                byRow ? RowMajor : ColumnMajor, rows, columns, 1f,
                left, 1, right, 1, weights, byRow ? columns : rows);
        }
    }

    /// <summary><c>Y = X·Wᵀ</c> with a lane in every row, W being rows × columns, row after row.</summary>
    public static void MultiplyLanes(int rows, int columns, int lanes, float[] w, float[] x, float[] y)
    {
        fixed (float* weights = w, source = x, result = y)
        {
            Sgemm(
                RowMajor, Plain, Transposed, lanes, rows, columns, 1f,
                source, columns, weights, columns, 0f, result, rows);
        }
    }

    /// <summary><c>V = U·W</c> with a lane in every row.</summary>
    public static void MultiplyTransposedLanes(int rows, int columns, int lanes, float[] w, float[] u, float[] v)
    {
        fixed (float* weights = w, source = u, result = v)
        {
            Sgemm(
                RowMajor, Plain, Plain, lanes, columns, rows, 1f,
                source, rows, weights, columns, 0f, result, columns);
        }
    }

    /// <summary><c>W += Uᵀ·X</c>, the sum of as many outer products as lanes.</summary>
    public static void AddOuterLanes(int rows, int columns, int lanes, float[] u, float[] x, float[] w)
    {
        fixed (float* weights = w, left = u, right = x)
        {
            Sgemm(
                RowMajor, Transposed, Plain, rows, columns, lanes, 1f,
                left, rows, right, columns, 1f, weights, columns);
        }
    }

    private static nint Load()
    {
        if (!NativeLibrary.TryLoad("libopenblas.so.0", out var library))
        {
            return 0;
        }

        var setThreads = NativeLibrary.GetExport(library, "openblas_set_num_threads");
        ((delegate* unmanaged[Cdecl]<int, void>)setThreads)(1);
        return library;
    }

    private static nint Symbol(string name) => Library == 0 ? 0 : NativeLibrary.GetExport(Library, name);
}
