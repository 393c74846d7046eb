using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// A script in another folder of bench that does the same work in Python and prints one number. It runs on Debian's
/// Python with one thread and with OpenBLAS in place of the reference BLAS, which is slower.
/// </summary>
/// <param name="script">Where it lies under bench, such as <c>pytorch/equilibrium.py</c>.</param>
internal sealed class PythonContestant(string script)
{
    private const string Python = "/usr/bin/python3";
    private const string OpenBlas = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3";
    private const string HowToInstall = "apt-get install python3-numpy python3-torch libopenblas0-pthread";

    /// <summary>Runs the script to its end; what it prints is its answer.</summary>
    public double Answer(params IEnumerable<object> arguments)
    {
        using Process python = Process.Start(Prepare(arguments))!;
        string text = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return double.TryParse(text, CultureInfo.InvariantCulture, out double answer)
            ? answer
            : throw new InvalidOperationException($"{script} did not answer; install what it needs: {HowToInstall}");
    }

    private ProcessStartInfo Prepare(IEnumerable<object> arguments)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Folder(), script));
        foreach (object argument in arguments)
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        // PyTorch's own setting of threads does not reach OpenBLAS.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        if (File.Exists(OpenBlas))
            start.Environment["LD_PRELOAD"] = OpenBlas;
        return start;
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..");
}
