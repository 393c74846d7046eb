using System.Diagnostics;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>A Python that has what a test needs.</summary>
internal sealed class Python
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(100);

    // Modules of the distribution's packages are found only by its own Python, which need not be the first on the path.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3"];

    private readonly string _program;

    private Python(string program) => _program = program;

    /// <summary>The first with all of some modules and one of others. Skips the test where there is none.</summary>
    internal static Python With(string[] modules, string[] anyOf)
    {
        var lacks = new List<string>();
        foreach (string program in Candidates)
        {
            string? missing = Missing(program, modules, anyOf);
            if (missing is null)
                return new(program);
            lacks.Add($"{program} {missing}");
        }

        Skip.If(true, string.Join("; ", lacks));
        throw new InvalidOperationException("a skipped test goes on");
    }

    /// <summary>Runs a script to its end; what it prints.</summary>
    internal async Task<string> RunAsync(string folder, string script)
    {
        (int code, string output, string error) = await StartAsync(_program, folder, script);
        Assert.True(code == 0, error);
        return output;
    }

    private static string? Missing(string program, string[] modules, string[] anyOf)
    {
        string all = string.Join(' ', [.. modules, .. anyOf]);
        string probe = $"import importlib.util as u\nprint(*[m for m in '{all}'.split() if u.find_spec(m)])";
        try
        {
            string[] found = StartAsync(program, ".", probe).GetAwaiter().GetResult().Output.Trim().Split(' ');
            string[] missing = [.. modules.Except(found)];
            return missing.Length > 0 ? $"has no {string.Join(" and no ", missing)}"
                : anyOf.Length > 0 && !anyOf.Intersect(found).Any() ? $"has no {string.Join(" and no ", anyOf)}"
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "is not there";
        }
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(string program, string folder, string script)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(AnswerTimeout);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
