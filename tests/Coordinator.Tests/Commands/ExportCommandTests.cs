using Nudge.Commands;
using Nudge.Coordinator.Tests.Experiments;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Commands;

/// <summary>What <c>nudge export</c> writes and refuses.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string RunFolder => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_written_also_where_the_file_that_it_began_with_is_gone()
    {
        await RunAsync();
        string weights = _folder.File("first.npz");
        File.Copy(Path.Combine(RunFolder, RunFiles.Weights), weights);
        string second = _folder.File("second");
        await RunCommand.ExecuteAsync(
            new() { File = Path.Combine(RunFolder, RunFiles.Experiment), Overrides = [$"init.file={weights}"], Out = second, Quiet = true },
            CancellationToken.None);
        File.Delete(weights);

        using var output = new StringWriter();
        Assert.Equal(0, ExportCommand.Execute(second, _folder.File("second.onnx"), null, DataFolder.None, output));

        Assert.Equal(_folder.File("second.onnx"), output.ToString().Trim());
        Assert.True(new FileInfo(_folder.File("second.onnx")).Length > 0);
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_and_nothing_is_written()
    {
        await RunAsync();
        string there = _folder.File("there.onnx");
        File.WriteAllText(there, "kept");
        Assert.Contains("there.onnx exists already", ProblemOf(RunFolder, there, null), StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(there));
        Assert.Contains("has no equivalent in NIR", ProblemOf(RunFolder, _folder.File("new.onnx"), _folder.File("new.nir")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("new.onnx")));
        Assert.Contains("expected --onnx FILE or --nir FILE", ProblemOf(RunFolder, null, null), StringComparison.Ordinal);
        Assert.Contains("expected the folder of a run", ProblemOf(_folder.Path, there, null), StringComparison.Ordinal);
    }

    private static string ProblemOf(string folder, string? onnx, string? nir)
    {
        using var output = new StringWriter();
        return Assert.Single(Assert.Throws<ExperimentException>(
            () => ExportCommand.Execute(folder, onnx, nir, DataFolder.None, output)).Problems).Message;
    }

    private async Task RunAsync()
    {
        File.WriteAllText(_folder.File("small.yaml"), SmallExperiment.Text);
        await RunCommand.ExecuteAsync(
            new() { File = _folder.File("small.yaml"), Overrides = ["run.presentations=40"], Out = RunFolder, Quiet = true },
            CancellationToken.None);
    }
}
