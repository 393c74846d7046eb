using System.Globalization;
using System.Text.Json.Nodes;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Variance;

namespace Nudge.Reports;

/// <summary>A study as a table for people, as CSV and as JSON.</summary>
internal static class VarianceText
{
    internal const string Header = "b,phases,variance,error,sigmaPositive2,sigmaNegative2,predicted";

    internal static string Csv(VarianceCurve curve) =>
        Header + "\n" + string.Concat(curve.Points.Select(point => string.Join(
            ',',
            new[]
            {
                point.B, point.Phases, point.Variance, point.Error,
                point.Spread.Positive, point.Spread.Negative, point.Predicted,
            }.Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + "\n"));

    internal static JsonObject Json(VarianceStudy study, IReadOnlyList<RunWarning> warnings) => new()
    {
        ["name"] = study.Experiment.Name,
        ["seed"] = study.Experiment.Seed,
        ["presentations"] = study.Presentations,
        ["b"] = study.OwnB,
        ["bestB"] = study.Curve.BestB,
        ["rSquared"] = study.Curve.RSquared,
        ["sigmaPositive2"] = study.Curve.Spread.Positive,
        ["sigmaNegative2"] = study.Curve.Spread.Negative,
        ["gradient2"] = study.Curve.SquaredGradient,
        ["points"] = new JsonArray([.. study.Curve.Points.Select(point => (JsonNode)new JsonObject
        {
            ["b"] = point.B,
            ["phases"] = point.Phases,
            ["variance"] = point.Variance,
            ["error"] = point.Error,
            ["predicted"] = point.Predicted,
        })]),
        ["warnings"] = RunWarningJson.Of(warnings),
    };

    internal static void Print(TextWriter output, VarianceStudy study, string folder)
    {
        VarianceCurve curve = study.Curve;
        output.WriteLine("     b    variance       ± error     predicted");
        foreach (VariancePoint point in curve.Points)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.B,6:0.###}  {point.Variance,10:G5}  {point.Error,12:G3}  {point.Predicted,12:G5}"));
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"σ₊² {curve.Spread.Positive:G5}, "
            + $"σ₋² {curve.Spread.Negative:G5}, ‖∇‖² {curve.SquaredGradient:G4}: b* = {curve.BestB:0.000}, "
            + $"b of the experiment {study.OwnB:0.000}, R² = {curve.RSquared:0.0000}"));
        output.WriteLine(folder);
    }
}
