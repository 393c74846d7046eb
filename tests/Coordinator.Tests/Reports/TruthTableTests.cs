using System.Text.Json;
using Nudge.Reports;
using Nudge.Truth;

namespace Nudge.Coordinator.Tests.Reports;

public sealed class TruthTableTests
{
    private static readonly TruthFigures Known = new(0.5, 0.75, 1, 0.1, 0.9, 0.1, 2, 0.3);

    private static readonly TruthFigures Nothing =
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 2, double.PositiveInfinity);

    [Fact]
    public void A_gradient_of_zero_is_said_to_leave_nothing_to_compare()
    {
        Assert.Contains("The gradient is zero: nothing to compare.", Text(Reading(Nothing, Nothing)), StringComparison.Ordinal);
        Assert.Contains(
            "The gradient of a-b is zero: nothing to compare there.", Text(Reading(Known, Nothing)), StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to compare", Text(Reading(Known, Known)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_whose_rates_are_all_0_is_said_to_leave_nothing_to_compare() => Assert.Contains(
        "No connection learns, since every rate is 0: nothing to compare.",
        Text(new(100, 4, Nothing, null, new Dictionary<string, TruthFigures>())),
        StringComparison.Ordinal);

    [Fact]
    public void In_json_what_cannot_be_known_is_null()
    {
        using JsonDocument json = JsonDocument.Parse(TruthJson.Of(Reading(Known, Nothing), []));
        JsonElement part = json.RootElement.GetProperty("parts").GetProperty("a-b");
        foreach (string name in new[] { "cosine", "signAgreement", "bias", "biasError", "slope", "slopeError", "signalToNoise" })
            Assert.Equal(JsonValueKind.Null, part.GetProperty(name).ValueKind);
        Assert.True(part.GetProperty("gradientIsZero").GetBoolean());
        Assert.Equal(2, part.GetProperty("variance").GetDouble());
        Assert.Equal(0.5, json.RootElement.GetProperty("all").GetProperty("cosine").GetDouble());
    }

    private static TruthReading Reading(TruthFigures all, TruthFigures part) =>
        new(100, 4, all, null, new Dictionary<string, TruthFigures> { ["a-b"] = part });

    private static string Text(TruthReading reading)
    {
        using var output = new StringWriter();
        TruthTable.Print(output, isTerminal: false, reading);
        Assert.DoesNotContain("NaN", output.ToString(), StringComparison.Ordinal);
        return output.ToString();
    }
}
