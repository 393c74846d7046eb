using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class RunSummaryTests
{
    [Fact]
    public void The_results_have_the_names_and_order_that_scripts_rely_on()
    {
        JsonObject results = JsonNode.Parse(SampleRun.Summary.ToResultsJson())!.AsObject();

        Assert.Equal(
            [
                "name", "seed", "engine", "version", "commit", "instructionSet", "dotnet", "data", "changes", "interventions", "presentations",
                "accuracy",
                "accuracySynchronous", "baselines", "target", "units", "evaluations", "wallSeconds", "samplesPerSecond", "simulatedTau",
                "events", "eventHash", "weightsHash", "outputDirectory", "ledger", "learned", "b", "symmetry", "metrics",
                "energy", "phaseLag", "staleness", "truth", "carriedBytes", "carried", "memory", "faults", "moves", "storedAs", "warnings", "resumedFrom", "interrupted",
            ],
            results.Select(property => property.Key));
        Assert.Equal(
            [
                "sent", "delivered", "lost", "cut", "duplicates", "superseded", "late", "inFlight", "unaccounted",
                "links", "realLost", "conflated",
            ],
            results["ledger"]!.AsObject().Select(property => property.Key));
        Assert.Equal(0.942, results["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public void The_file_holds_the_settings_in_full_and_readable_text()
    {
        string json = SampleRun.Summary.ToJson();

        Assert.Contains("AVX2+FMA", json, StringComparison.Ordinal);
        Assert.Contains("\n  \"settings\": {\n", json, StringComparison.Ordinal);
        Assert.Equal("digits", JsonNode.Parse(json)!["settings"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void What_is_unknown_is_null_and_not_left_out()
    {
        RunSummary actors = SampleRun.Summary with { EventHash = null, Accuracy = null };

        JsonObject results = JsonNode.Parse(actors.ToResultsJson())!.AsObject();

        Assert.True(results.ContainsKey("eventHash") && results["eventHash"] is null);
        Assert.True(results.ContainsKey("accuracy") && results["accuracy"] is null);
    }

    [Fact]
    public void A_summary_reads_back()
    {
        string json = SampleRun.Summary.ToJson();

        Assert.Equal(json, RunSummary.Parse(json).ToJson());
    }

    [Fact]
    public void A_run_that_diverged_can_still_be_written()
    {
        RunSummary diverged = SampleRun.Summary with
        {
            Symmetry = new Dictionary<string, double> { ["hidden-label"] = double.NaN },
        };

        Assert.True(double.IsNaN(RunSummary.Parse(diverged.ToJson()).Symmetry["hidden-label"]));
    }

    [Fact]
    public void An_intervention_has_the_names_that_scripts_rely_on()
    {
        RunSummary steered = SampleRun.Summary with { Interventions = SampleRun.Interventions(1) };

        JsonObject one = JsonNode.Parse(steered.ToResultsJson())!["interventions"]![0]!.AsObject();

        Assert.Equal(
            ["number", "name", "presentations", "phase", "tau", "text", "kind", "undone"], one.Select(property => property.Key));
    }

    [Fact]
    public void Text_that_is_no_summary_is_an_error() =>
        Assert.Throws<JsonException>(() => RunSummary.Parse("""{"name": "digits"}"""));

    [Fact]
    public void The_ledger_sums_its_links_and_checks_each()
    {
        var ledger = LedgerSummary.Of([new("a", 10, 8, 1, 0, 0, 0, 2, 1), new("b", 10, 11, 0, 0, 0, 0, 0, 0)]);

        Assert.Equal((20, 19, 1, 2, 1), (ledger.Sent, ledger.Delivered, ledger.Lost, ledger.Superseded, ledger.Late));
        Assert.Equal(2, ledger.Unaccounted);
    }

    [Fact]
    public void The_instruction_set_has_a_name() => Assert.NotEmpty(InstructionSet.Describe());
}
