using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nudge.Recording;
using Nudge.Truth;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>A reading of the truth meter as a table, for people.</summary>
internal static class TruthTable
{
    private const string Unknown = "—";

    internal static void Print(TextWriter output, bool isTerminal, TruthReading reading)
    {
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (string name in new[] { "cosine", "signs", "slope", "bias", "variance", "signal / noise" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string name, TruthFigures figures) in reading.Parts)
            AddRow(table, name, figures);
        table.AddEmptyRow();
        AddRow(table, "all", reading.All);
        console.Write(table);
        console.WriteLine($"{ProgressText.Count(reading.Phases)} phases, {reading.Examples} examples. Unbiased: slope 1, "
            + "and a bias about as large as its error.");
        string[] vanished = [.. reading.Parts.Where(part => part.Value.GradientIsZero).Select(part => part.Key)];
        if (reading.Parts.Count == 0)
            console.WriteLine("No connection learns, since every rate is 0: nothing to compare.");
        else if (reading.All.GradientIsZero)
            console.WriteLine("The gradient is zero: nothing to compare.");
        else if (vanished.Length > 0)
            console.WriteLine($"The gradient of {string.Join(", ", vanished)} is zero: nothing to compare there.");
        if (reading.CostCosine is double cosine)
            console.WriteLine($"Cosine with the descent of the cost itself: {Text(cosine, "0.0000")}");
    }

    private static void AddRow(Table table, string name, TruthFigures figures) => table.AddRow(
        new Text(name),
        new Text(Text(figures.Cosine, "0.0000")),
        new Text(double.IsNaN(figures.SignAgreement) ? Unknown : ProgressText.Percent(figures.SignAgreement)),
        new Text($"{Text(figures.Slope, "0.000")} ± {Text(figures.SlopeError, "0.000")}"),
        new Text($"{Text(figures.Bias, "0.000")} ± {Text(figures.BiasError, "0.000")}"),
        new Text(Text(figures.Variance, "0.###E+0")),
        new Text(Text(figures.SignalToNoise, "0.0000")));

    private static string Text(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : Unknown;
}

/// <summary>A reading of the truth meter as JSON, for scripts. What cannot be known is null.</summary>
[JsonSerializable(typeof(TruthReading))]
internal sealed partial class TruthJson : JsonSerializerContext
{
    private static readonly TruthJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new FiniteOrNull() },
    });

    internal static string Of(TruthReading reading, IReadOnlyList<RunWarning> warnings)
    {
        JsonNode json = JsonSerializer.SerializeToNode(reading, Written.TruthReading)!;
        json["warnings"] = RunWarningJson.Of(warnings);
        return json.ToJsonString(Written.Options);
    }
}

/// <summary>JSON has no word for what is not a finite number.</summary>
internal sealed class FiniteOrNull : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
