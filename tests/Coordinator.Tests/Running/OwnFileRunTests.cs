using System.Globalization;
using Nudge.Commands;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>Whole runs on a table of the user's own.</summary>
public sealed class OwnFileRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Table => _folder.File("own.csv");

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_separable_table_is_learned_and_results_name_file_labels_and_hashes()
    {
        Assert.Equal(0, await RunAsync("run.presentations=1500"));

        RunSummary summary = RunSummary.Parse(File.ReadAllText(Path.Combine(Out, RunFiles.Summary)));
        Assert.True(summary.Accuracy >= 0.9, $"accuracy {summary.Accuracy}");
        Assert.Equal(("file", Table), (summary.Data!.Set, summary.Data.Path));
        Assert.Equal(["left", "right"], summary.Data.Labels);
        Assert.Equal((64, 16), (summary.Data.Train.Examples, summary.Data.Test.Examples));
    }

    [Fact]
    public async Task Target_values_of_a_table_are_learned_and_results_have_their_squared_error()
    {
        string[] asTargets = [$"data={{file: \"{Table}\", inputs: \"a,b\", targets: \"t,u\"}}"];
        Assert.Equal(0, await RunAsync([.. asTargets, "run.presentations=3000", "learning.rateFactor=2"]));

        RunSummary summary = RunSummary.Parse(File.ReadAllText(Path.Combine(Out, RunFiles.Summary)));
        double error = summary.Metrics["meanSquaredError"];
        Assert.InRange(error, 1e-9, 0.02);
        Assert.Equal(error, summary.Evaluations[^1].MeanSquaredError);
        Assert.Equal(("2 target values", true), (summary.Data!.Outputs, summary.Data.HasTargets));
        Assert.Null(summary.Baselines["chance"]);
        Assert.DoesNotContain("chance", summary.Metrics.Keys);
    }

    [Fact]
    public async Task A_model_of_classes_is_refused_target_values_before_it_runs()
    {
        ExperimentException error = await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(
            $"data={{file: \"{Table}\", inputs: \"a,b\", targets: \"t,u\"}}", "model={kind: boltzmann-machine}", "learning.rule=isd", "run.likelihood=none",
            "projections.in-hidden.bidirectional=true"));

        Assert.Contains("boltzmann-machine learns classes, and", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_is_refused_when_the_run_goes_on_and_the_old_one_is_accepted()
    {
        await RunAsync("run.presentations=60");
        string before = File.ReadAllText(Table);
        File.WriteAllText(Table, before.Replace("0.9,", "0.8,", StringComparison.Ordinal));

        OutputException error = await Assert.ThrowsAsync<OutputException>(() => ResumeAsync());

        Assert.Contains("training examples: 64 with SHA-256", error.Message, StringComparison.Ordinal);
        File.WriteAllText(Table, before);
        Assert.Equal(0, await ResumeAsync());
    }

    [Fact]
    public void Validation_looks_at_the_header_alone()
    {
        Write();
        File.WriteAllText(Table, "a,b,side\nthis is no number,1,left\n");

        Assert.Equal(0, Validate());
        Problem problem = Assert.Single(Assert.Throws<ExperimentException>(() => Validate("populations.in.size=3")).Problems);

        Assert.Equal(("populations.in.size", $"3 units; expected 2, the values of an example of {Table}"), (problem.Path, problem.Message));
    }

    private int Validate(params string[] overrides) =>
        ValidateCommand.Execute(_folder.File("own.yaml"), overrides, plugins: [], explain: false, schema: false);

    private Task<int> RunAsync(params string[] overrides)
    {
        Write();
        return RunCommand.ExecuteAsync(
            new() { File = _folder.File("own.yaml"), Overrides = overrides, Out = Out, Quiet = true }, CancellationToken.None);
    }

    private Task<int> ResumeAsync() =>
        RunCommand.ExecuteAsync(new() { Resume = Out, Presentations = 120, Quiet = true }, CancellationToken.None);

    private void Write()
    {
        File.WriteAllText(Table, "a,b,t,u,side\n" + string.Concat(Enumerable.Range(0, 80).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 2 == 0 ? 0.9 : 0.1)},{(i % 2 == 0 ? 0 : 1) + (0.001 * i)},{(i % 2 == 0 ? 0.7 : 0.2)},{(i % 2 == 0 ? 0.3 : 0.6)},{(i % 2 == 0 ? "left" : "right")}\n"))));
        File.WriteAllText(_folder.File("own.yaml"), $$"""
            name: own
            data: {file: "{{Table}}", inputs: "a,b", labels: side}
            populations:
              in: {role: input, size: 2}
              hidden: {role: hidden, size: 8}
              out: {role: output, size: 2}
            projections:
              in-hidden: {from: in, to: hidden}
              hidden-out: {from: hidden, to: out, bidirectional: true}
            run: {presentations: 1500, evaluateEvery: 0, checkpointEvery: 20}

            """);
    }
}
